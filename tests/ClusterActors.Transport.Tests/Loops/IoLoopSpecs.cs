using System.Net.Sockets;
using Akka.Actor;
using Akka.Dispatch;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Loops;

public abstract class IoLoopSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : IoLoopSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : IoLoopSpecs(PollEngine.Sockets);

    [Fact]
    public async Task Everything_an_actor_does_is_done_on_the_thread_of_its_loop()
    {
        var (peer, server) = await PairAsync(connection => Props.Create(() => new ThreadNotingConnection(connection, Journal)));
        Assert.Equal("io-loop-0", await TestConnection.AskAsync(server.Actor, _ => Thread.CurrentThread.Name));

        await peer.SendAsync("x"u8.ToArray());
        Assert.Equal("io-loop-0", (await Journal.NextAsync<ConnectionNews.Told>()).Message);

        peer.FinishSending();
        await Journal.NextAsync<ConnectionEvents.Disconnected>();
        Assert.Equal("io-loop-0", (await Journal.NextAsync<ConnectionNews.Stopped>()).Thread);
    }

    [Fact]
    public async Task An_actor_that_keeps_itself_busy_does_not_keep_the_loop_from_its_sockets()
    {
        var (peer, _) = await PairAsync(Echo);
        var (_, busy) = await PairAsync(connection => Props.Create(() => new BusyConnection(connection, Journal)));
        busy.Actor.Tell(BusyConnection.Again.Instance);

        await peer.SendAsync("served"u8.ToArray());

        Assert.Equal("served"u8.ToArray(), await peer.ReadExactlyAsync(6));
    }

    [Fact]
    public async Task A_peer_that_floods_does_not_keep_the_loop_from_others()
    {
        var (flooding, _) = await PairAsync(connection => Props.Create(() => new TestConnection(connection, Journal)));
        var flood = FloodAsync(flooding);
        var (peer, _) = await PairAsync(Echo);

        for (var i = 0; i < 20; i++)
        {
            await peer.SendAsync("served"u8.ToArray());
            Assert.Equal("served"u8.ToArray(), await peer.ReadExactlyAsync(6));
        }

        Assert.False(flood.IsCompleted);
        flooding.Dispose();
        await flood;
    }

    [Fact]
    public async Task What_comes_to_a_loop_that_has_ended_is_passed_on()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new IoLoop(100, Engine.Create(), Host.Time, _ => ended.SetResult());
        var second = new IoLoop(101, Engine.Create(), Host.Time, _ => { });
        var lane = new Lane(100, first);
        first.Start();
        second.Start();
        first.Take(lane, () => { });
        first.Give(lane, second, taken.SetResult);
        await taken.Task.WaitAsync(Eventually.Limit);
        first.Stop();
        await ended.Task.WaitAsync(Eventually.Limit);

        first.Execute(lane, new ActionRunnable(() => Journal.Add(Thread.CurrentThread.Name!)));
        Assert.Equal("io-loop-101", await Journal.NextAsync<string>());
        first.PostForNextRound(new ActionRunnable(() => Journal.Add("run")));
        Assert.Equal("run", await Journal.NextAsync<string>());
        second.Stop();
    }

    [Fact]
    public async Task What_a_round_has_gathered_goes_on_before_a_lane_that_leaves()
    {
        var first = new IoLoop(100, Engine.Create(), Host.Time, _ => { });
        var second = new IoLoop(101, Engine.Create(), Host.Time, _ => { });
        var lane = new Lane(100, first);
        using var rest = new LoopHold();
        first.Take(lane, () => { });
        first.PostForNextRound(new ActionRunnable(() => first.AtRoundEnd(new RoundEnd(Journal))));
        first.Give(lane, second, () => Journal.Add("taken"));
        first.PostForNextRound(new ActionRunnable(rest.Hold)); // the round does not end by itself
        first.Start();
        second.Start();

        Assert.Equal("round ended", await Journal.NextAsync<string>());
        Assert.Equal("taken", await Journal.NextAsync<string>());
        first.Stop();
        second.Stop();
    }

    private sealed class RoundEnd(Journal journal) : IRoundEnd
    {
        public void RoundEnded() => journal.Add("round ended");
    }

    private static async Task FloodAsync(TcpPeer peer)
    {
        var bytes = new byte[1024 * 1024];
        try
        {
            while (true)
                await peer.SendAsync(bytes);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
