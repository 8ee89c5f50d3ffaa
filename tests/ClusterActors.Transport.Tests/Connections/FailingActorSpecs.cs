using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public abstract class FailingActorSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : FailingActorSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : FailingActorSpecs(PollEngine.Sockets);

    [Fact]
    public async Task One_that_throws_closes_its_own_connection_and_no_other()
    {
        var (other, _) = await PairAsync(Echo);
        var (peer, _) = await PairAsync(connection => Props.Create(() => new ThrowingConnection(connection, Journal)));

        await peer.SendAsync("x"u8.ToArray());

        Assert.True(await peer.IsEndedAsync());
        await Journal.NextAsync<ConnectionNews.Stopped>();
        await AssertServedAsync(other);
        Assert.Equal(1, Host.Group.ConnectionCount);
    }

    [Fact]
    public async Task One_that_throws_at_a_message_closes_its_connection()
    {
        var (peer, server) = await PairAsync(Echo);

        server.Actor.Tell(new TestConnection.Do(_ => throw new InvalidOperationException("on purpose")));

        Assert.True(await peer.IsEndedAsync());
        await Journal.NextAsync<ConnectionNews.Stopped>();
        Assert.Equal(0, Host.Group.ConnectionCount);
    }

    [Fact]
    public async Task One_that_claims_more_bytes_than_came_closes_its_connection()
    {
        var (other, _) = await PairAsync(Echo);
        var (peer, _) = await PairAsync(connection => Props.Create(() => new OverclaimingConnection(connection, Journal)));

        await peer.SendAsync("x"u8.ToArray());

        Assert.True(await peer.IsEndedAsync());
        await AssertServedAsync(other);
    }

    [Theory]
    [InlineData(false)] // its constructor throws
    [InlineData(true)] // it has opened its connection and throws then
    public async Task One_that_cannot_start_leaves_nothing_behind(bool opensFirst)
    {
        var (other, _) = await PairAsync(Echo);
        var port = Host.Listen(connection => Props.Create(() => new UnstartableConnection(connection, Journal, opensFirst)));
        await AssertAllTurnedAwayAsync(port);
        await AssertServedAsync(other);
    }

    [Fact]
    public async Task A_factory_that_throws_leaves_nothing_behind()
    {
        var (other, _) = await PairAsync(Echo);
        var port = Host.Listen(_ => throw new InvalidOperationException("this factory fails on purpose"));
        await AssertAllTurnedAwayAsync(port);
        await AssertServedAsync(other);
    }

    [Fact]
    public async Task A_socket_that_is_not_connected_gets_none_and_is_closed()
    {
        var (other, _) = await PairAsync(Echo);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        Host.Group.Adopt(socket, new DelegateFactory(Echo));

        await Eventually.EqualsAsync(1, () => Host.Group.ConnectionCount, "connections");
        Assert.True(socket.SafeHandle.IsClosed);
        await AssertServedAsync(other);
    }

    private static async Task AssertServedAsync(TcpPeer peer)
    {
        await peer.SendAsync("served"u8.ToArray());
        Assert.Equal("served"u8.ToArray(), await peer.ReadExactlyAsync(6));
    }

    /// <summary>No time goes by here, so it is not a time limit that closes them.</summary>
    private async Task AssertAllTurnedAwayAsync(Transport.Listening.AcceptLoop port)
    {
        var descriptors = ProcessFacts.Descriptors();
        for (var i = 0; i < 10; i++)
        {
            using var peer = await TcpPeer.ConnectAsync(port.Endpoint);
            Assert.True(await peer.IsEndedAsync());
        }

        await Eventually.EqualsAsync(1, () => Host.Group.ConnectionCount, "connections");
        await Eventually.HoldsAsync(() => ProcessFacts.Descriptors() <= descriptors, "no more descriptors than before");
    }
}
