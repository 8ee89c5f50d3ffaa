using System.Net;
using System.Net.Sockets;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Listening;

public abstract class AcceptLoopSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : AcceptLoopSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : AcceptLoopSpecs(PollEngine.Sockets);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")] // IPv4 alone
    [InlineData("::1", "::1")] // IPv6 alone
    [InlineData("0.0.0.0", "127.0.0.1")] // every IPv4 address
    [InlineData("::", "127.0.0.1")] // dual stack, by IPv4: the far end is shown without the mapping
    [InlineData("::", "::1")] // dual stack, by IPv6
    public async Task It_listens_on_addresses_of_both_families(string listening, string dialed)
    {
        var port = Host.Listen(Echo, new IPEndPoint(IPAddress.Parse(listening), 0));
        var peer = await ConnectAsync(new IPEndPoint(IPAddress.Parse(dialed), port.Endpoint.Port));
        var server = await Journal.NextAsync<ConnectionNews.Opened>();

        await peer.SendAsync("served"u8.ToArray());

        Assert.Equal("served"u8.ToArray(), await peer.ReadExactlyAsync(6));
        Assert.Equal(peer.Socket.LocalEndPoint, server.Connection.Remote);
        Assert.Equal(port.Endpoint.Port, server.Connection.LocalPort);
    }

    [Fact]
    public async Task Closing_it_keeps_its_connections_and_frees_its_port()
    {
        var port = ListenEcho();
        var peer = await ConnectAsync(port);
        await Journal.NextAsync<ConnectionNews.Opened>();

        port.Dispose();
        port.Dispose();

        var refused = await Assert.ThrowsAsync<SocketException>(() => TcpPeer.ConnectAsync(port.Endpoint));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        await AssertServedAsync(peer);
        await Eventually.HoldsAsync(() => !ProcessFacts.Threads().Contains(ThreadOf(port)), "the thread has ended");

        var again = Host.Listen(Echo, port.Endpoint);
        await AssertServedAsync(await ConnectAsync(again));
        await AssertServedAsync(peer);
    }

    [Fact]
    public async Task Its_thread_has_the_name_of_its_port()
    {
        var port = ListenEcho();

        await Eventually.HoldsAsync(() => ProcessFacts.Threads().Contains(ThreadOf(port)), $"a thread {ThreadOf(port)}");
    }

    [Fact]
    public async Task It_accepts_no_more_than_may_wait_for_a_loop()
    {
        var port = Host.Listen(Echo, settings: new ListenSettings { AdmittedAtOnce = 2 });
        var peers = new List<TcpPeer>();
        using (await Host.HoldLoopAsync())
        {
            for (var i = 0; i < 10; i++)
                peers.Add(await ConnectAsync(port));
            await Eventually.EqualsAsync(2, () => Host.Group.ConnectionCount, "accepted connections");

            // Nothing can be waited for where nothing is to happen; without the bound, all ten would be there at once.
            await Task.Delay(50);
            Assert.Equal(2, Host.Group.ConnectionCount);
        }

        foreach (var peer in peers)
            await AssertServedAsync(peer);
        Assert.True(Host.AcceptNews.IsEmpty);
    }

    [Fact]
    public async Task While_no_loop_runs_it_turns_connections_away_and_tells_its_owner()
    {
        var port = ListenEcho();
        await Host.StopLoopsAsync();
        var peer = await ConnectAsync(port);

        Assert.True(await peer.IsEndedAsync());
        var paused = await Host.AcceptNews.NextAsync<AcceptEvents.Paused>();
        Assert.Equal(port.Endpoint.Port, paused.Port);
        Assert.Contains("no reader-writer loop runs", paused.Reason, StringComparison.Ordinal);
    }

    private static string ThreadOf(AcceptLoop port) => $"accept-{port.Endpoint.Port}";

    private static async Task AssertServedAsync(TcpPeer peer)
    {
        await peer.SendAsync("served"u8.ToArray());
        Assert.Equal("served"u8.ToArray(), await peer.ReadExactlyAsync(6));
    }
}
