using System.Buffers;
using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Loops;

public abstract class MovedConnectionSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : MovedConnectionSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : MovedConnectionSpecs(PollEngine.Sockets);

    private const int Large = 4 * 1024 * 1024;

    private int _loop;

    protected override int Loops => 2;

    protected override ConnectionSettings Settings { get; } = new() { OutputLimit = 2 * Large };

    [Fact]
    public async Task Output_that_waits_for_a_slow_reader_goes_on_from_the_new_loop()
    {
        var (peer, server) = await PairAsync(Echo, receiveBuffer: 16 * 1024);
        var bytes = Random(Large);
        await TestConnection.DoAsync(server.Actor, connection => connection.Output.Write(bytes));

        await BackAndForthAsync();

        Assert.Equal(bytes, await peer.ReadExactlyAsync(bytes.Length));
        await AssertServedAsync(peer);
    }

    [Fact]
    public async Task A_peer_that_was_not_read_while_its_output_waited_is_read_from_the_new_loop()
    {
        var (peer, _) = await PairAsync(Echo, receiveBuffer: 16 * 1024);
        var bytes = Random(Large);
        var sending = peer.SendAsync(bytes);

        await BackAndForthAsync();

        Assert.Equal(bytes, await peer.ReadExactlyAsync(bytes.Length));
        await sending;
    }

    [Fact]
    public async Task A_paused_connection_stays_paused_and_goes_on_from_the_new_loop()
    {
        var (peer, server) = await PairAsync(connection => Props.Create(() => new RecordingConnection(connection, Journal)));
        await TestConnection.DoAsync(server.Actor, connection => connection.PauseReading());
        await peer.SendAsync("late"u8.ToArray());

        await BackAndForthAsync();
        Assert.True(Journal.IsEmpty);

        await TestConnection.DoAsync(server.Actor, connection => connection.ResumeReading());
        Assert.Equal("late"u8.ToArray(), (await Journal.NextAsync<ConnectionNews.Arrived>()).Bytes);
    }

    [Fact]
    public async Task What_was_written_just_before_the_move_is_sent_from_the_new_loop()
    {
        var (peer, server) = await AloneOnItsLoopAsync(Echo);

        await InTheRoundOfTheMoveAsync(server, connection => connection.Output.Write("written"u8));

        Assert.Equal("written"u8.ToArray(), await peer.ReadExactlyAsync(7));
    }

    [Fact]
    public async Task What_was_held_back_and_let_go_just_before_the_move_is_delivered_on_the_new_loop()
    {
        var (peer, server) = await AloneOnItsLoopAsync(connection => Props.Create(() => new PausingConnection(connection, Journal, false)));
        await peer.SendAsync("held"u8.ToArray());
        Assert.Equal("held"u8.ToArray(), (await Journal.NextAsync<ConnectionNews.Arrived>()).Bytes);

        await InTheRoundOfTheMoveAsync(server, connection => connection.ResumeReading());

        Assert.Equal("eld"u8.ToArray(), (await Journal.NextAsync<ConnectionNews.Arrived>()).Bytes);
    }

    [Fact]
    public async Task What_an_actor_was_told_before_the_move_and_has_not_come_to_is_done_on_the_new_loop()
    {
        var (_, server) = await AloneOnItsLoopAsync(Echo);
        Task<IoActor.Resized> resizing;
        Task<string?> thread;
        using (await Host.HoldLoopAsync(_loop))
        {
            resizing = await Host.BeginResizeAsync(1);
            thread = TestConnection.AskAsync(server, _ => Thread.CurrentThread.Name);
        }

        Assert.Equal($"io-loop-{1 - _loop}", await thread);
        await resizing;
    }

    [Fact]
    public async Task A_far_end_that_closed_meanwhile_is_noticed()
    {
        var (peer, server) = await PairAsync(Echo);
        await TestConnection.DoAsync(server.Actor, connection => connection.PauseReading());
        peer.FinishSending();

        await BackAndForthAsync();
        await TestConnection.DoAsync(server.Actor, connection => connection.ResumeReading());

        Assert.Equal(ConnectionEnd.EndOfStream, (await Journal.NextAsync<ConnectionEvents.Disconnected>()).End);
    }

    [Fact]
    public async Task A_connection_that_is_closing_finishes_on_the_new_loop()
    {
        var (peer, server) = await PairAsync(Echo, receiveBuffer: 16 * 1024);
        var bytes = Random(Large);
        await TestConnection.DoAsync(server.Actor, connection =>
        {
            connection.Output.Write(bytes);
            connection.Close();
        });

        await BackAndForthAsync();

        Assert.Equal(bytes, await peer.ReadToEndAsync());
        peer.FinishSending();
        Assert.Equal(ConnectionEnd.ClosedHere, (await Journal.NextAsync<ConnectionEvents.Disconnected>()).End);
    }

    [Fact]
    public async Task Deadlines_and_idle_limits_go_along()
    {
        var (_, server) = await PairAsync(Echo);
        await TestConnection.DoAsync(server.Actor, connection =>
        {
            connection.SetDeadline(TimeSpan.FromSeconds(30));
            connection.SetIdleLimit(TimeSpan.FromSeconds(60));
        });

        await BackAndForthAsync();
        Host.Time.Advance(TimeSpan.FromSeconds(31));
        await Journal.NextAsync<ConnectionEvents.DeadlinePassed>();
        Assert.True(Journal.IsEmpty);
        Host.Time.Advance(TimeSpan.FromSeconds(30));
        await Journal.NextAsync<ConnectionEvents.WentIdle>();
    }

    /// <summary>Every connection changes its loop at least once.</summary>
    private async Task BackAndForthAsync()
    {
        await Host.ResizeAsync(1);
        await Host.ResizeAsync(2);
        await Host.ResizeAsync(1);
    }

    /// <summary>A connection on the one of two loops that has the fewest, which is the one that goes.</summary>
    private async Task<(TcpPeer Peer, IActorRef Server)> AloneOnItsLoopAsync(Func<Connection, Props> create)
    {
        var port = Host.Listen(create);
        var (peers, servers, threads) = (new List<TcpPeer>(), new List<IActorRef>(), new List<string>());
        for (var i = 0; i < 3; i++)
        {
            peers.Add(await ConnectAsync(port));
            servers.Add((await Journal.NextAsync<ConnectionNews.Opened>()).Actor);
            threads.Add(await TestConnection.AskAsync(servers[i], _ => Thread.CurrentThread.Name!));
        }

        var alone = threads.FindIndex(thread => threads.Count(other => other == thread) == 1);
        _loop = threads[alone] == "io-loop-0" ? 0 : 1;
        return (peers[alone], servers[alone]);
    }

    /// <summary>Does something and lets the connection's loop go, all of it in one round of that loop.</summary>
    private async Task InTheRoundOfTheMoveAsync(IActorRef server, Action<Connection> action)
    {
        Task<IoActor.Resized> resizing;
        using (await Host.HoldLoopAsync(_loop))
        {
            server.Tell(new TestConnection.Do(action));
            resizing = await Host.BeginResizeAsync(1);
        }

        await resizing;
    }

    private static async Task AssertServedAsync(TcpPeer peer)
    {
        await peer.SendAsync("served"u8.ToArray());
        Assert.Equal("served"u8.ToArray(), await peer.ReadExactlyAsync(6));
    }
}
