using System.Buffers;
using System.ComponentModel;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Loops;

public abstract class IoActorSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : IoActorSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : IoActorSpecs(PollEngine.Sockets);

    private const int MoreThanBuffersHold = 16 * 1024 * 1024;

    protected override int Loops => 2;

    protected override ConnectionSettings Settings { get; } = new() { OutputLimit = MoreThanBuffersHold };

    [Fact]
    public async Task Each_loop_is_a_thread_with_its_number()
    {
        await Eventually.EqualsAsync(2, CountLoopThreads, "threads of loops");

        Assert.Contains("io-loop-0", ProcessFacts.Threads());
        Assert.Contains("io-loop-1", ProcessFacts.Threads());
        Assert.Equal(2, Host.Group.Count);
    }

    [Fact]
    public async Task When_the_actor_system_stops_every_connection_is_closed_and_every_thread_ends()
    {
        var descriptors = ProcessFacts.Descriptors();
        var port = ListenEcho();
        var peers = new List<TcpPeer>();
        for (var i = 0; i < 20; i++)
        {
            peers.Add(await ConnectAsync(port));
            await Journal.NextAsync<ConnectionNews.Opened>();
        }

        await Host.DisposeAsync();

        foreach (var peer in peers)
        {
            Assert.True(await peer.IsEndedAsync());
            peer.Dispose();
        }

        await Eventually.EqualsAsync(0, CountLoopThreads, "threads of loops");
        await Eventually.EqualsAsync(0, () => ProcessFacts.Threads().Count(name => name.StartsWith("accept-", StringComparison.Ordinal)), "accepting threads");
        await Eventually.HoldsAsync(() => ProcessFacts.Descriptors() <= descriptors, "no more descriptors than before");
    }

    [Fact]
    public async Task When_the_loops_stop_while_sockets_are_on_their_way_these_are_closed_too()
    {
        var port = ListenEcho();
        var peers = new List<TcpPeer>();
        Task stopping;
        using (await Host.HoldLoopAsync())
        {
            for (var i = 0; i < 20; i++)
                peers.Add(await ConnectAsync(port));
            await Eventually.EqualsAsync(20, () => Host.Group.ConnectionCount, "connections, with those on their way");
            stopping = Host.StopLoopsAsync();
        }

        await stopping;
        foreach (var peer in peers)
            Assert.True(await peer.IsEndedAsync());
        Assert.Equal(0, Host.Group.Count);
    }

    [Fact]
    public async Task When_one_lane_ends_unexpectedly_its_sockets_are_closed_and_the_others_go_on()
    {
        var port = ListenEcho();
        var peers = new List<TcpPeer>();
        var lanes = Host.Group.Lanes.Length;
        using (await Host.HoldLoopAsync())
        {
            for (var i = 0; i < 2 * lanes; i++)
                peers.Add(await ConnectAsync(port));
            await Eventually.EqualsAsync(2 * lanes, () => Host.Group.ConnectionCount, "connections, with those on their way");

            // It is told before it can take any of the two that wait for it.
            Host.StopFirstLane();
        }

        await Eventually.EqualsAsync(2 * (lanes - 1), () => Host.Group.ConnectionCount, "connections");
        Assert.Equal(2, Host.Group.Count);
        var served = 0;
        foreach (var peer in peers)
        {
            if (await IsServedAsync(peer))
                served++;
        }

        Assert.Equal(2 * (lanes - 1), served);
        await AssertServedAsync();
    }

    [Fact]
    public async Task When_the_loops_stop_a_flood_of_output_does_not_hold_them_up()
    {
        var (peer, server) = await PairAsync(Echo, receiveBuffer: 16 * 1024);
        await TestConnection.DoAsync(server.Actor, connection => connection.Output.Write(new byte[MoreThanBuffersHold]));

        await Host.StopLoopsAsync();

        await Assert.ThrowsAsync<SocketException>(peer.ReadToEndAsync);
    }

    [Fact]
    public async Task A_loop_that_cannot_be_made_changes_nothing_and_later_ones_can()
    {
        var made = 0;
        var group = new LoopGroup(Settings);
        using var system = ActorSystem.Create("few", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        var io = system.ActorOf(IoActor.Props(
            group, 1, () => ++made == 3 ? throw new Win32Exception(24, "too many open files") : Engine.Create(), TimeProvider.System));

        var failed = await io.Ask<IoActor.ResizeFailed>(new IoActor.Resize(4), Eventually.Limit);

        Assert.Equal(1, failed.Count);
        Assert.Contains("too many open files", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(1, group.Count);
        Assert.Equal(new IoActor.Resized(1, 3), await io.Ask<IoActor.Resized>(new IoActor.Resize(3), Eventually.Limit));
        await system.Terminate();
    }

    [Fact]
    public async Task A_second_one_in_the_same_system_is_refused()
    {
        var group = new LoopGroup(Settings);
        var second = Host.System.ActorOf(IoActor.Props(group, 1, Engine, Host.Time));
        var watcher = Host.System.ActorOf(Props.Create(() => new DeathWatcher(second, Journal)));

        await Journal.NextAsync<Terminated>();
        Assert.Equal(0, group.Count);
        await AssertServedAsync();
        await watcher.GracefulStop(Eventually.Limit);
    }

    private static int CountLoopThreads() => ProcessFacts.Threads().Count(name => name.StartsWith("io-loop-", StringComparison.Ordinal));

    private static async Task<bool> IsServedAsync(TcpPeer peer)
    {
        try
        {
            await peer.SendAsync("served"u8.ToArray());
            return (await peer.ReadExactlyAsync(6)).AsSpan().SequenceEqual("served"u8);
        }
        catch (Exception end) when (end is SocketException or EndOfStreamException)
        {
            return false;
        }
    }

    private async Task AssertServedAsync() => Assert.True(await IsServedAsync(await ConnectAsync(ListenEcho())));
}
