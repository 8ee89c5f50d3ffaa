using System.Net;
using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Polling;
using Xunit;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>
/// What every engine has to fulfil. A class of specs derives from this, and holds one nested class for each engine by which it
/// is run.
/// </summary>
public abstract class TransportContract(PollEngine engine) : IAsyncLifetime
{
    private readonly List<TcpPeer> _peers = [];

    protected PollEngine Engine { get; } = engine;

    protected virtual int Loops => 1;

    protected virtual ConnectionSettings Settings { get; } = new();

    protected TransportHost Host { get; private set; } = null!;

    protected Journal Journal { get; } = new();

    public async Task InitializeAsync() => Host = await TransportHost.StartAsync(Engine, Loops, Settings);

    public async Task DisposeAsync()
    {
        foreach (var peer in _peers)
            peer.Dispose();
        await Host.DisposeAsync();
    }

    protected static byte[] Random(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected AcceptLoop ListenEcho() => Host.Listen(Echo);

    protected Props Echo(Connection connection) => Props.Create(() => new EchoConnection(connection, Journal));

    protected async Task<TcpPeer> ConnectAsync(AcceptLoop port, int receiveBuffer = 0) =>
        await ConnectAsync(port.Endpoint, receiveBuffer);

    protected async Task<TcpPeer> ConnectAsync(IPEndPoint endpoint, int receiveBuffer = 0)
    {
        var peer = await TcpPeer.ConnectAsync(endpoint, receiveBuffer);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Opens a port, connects, and returns both ends.</summary>
    protected async Task<(TcpPeer Peer, ConnectionNews.Opened Server)> PairAsync(Func<Connection, Props> create, int receiveBuffer = 0)
    {
        var peer = await ConnectAsync(Host.Listen(create), receiveBuffer);
        return (peer, await Journal.NextAsync<ConnectionNews.Opened>());
    }
}
