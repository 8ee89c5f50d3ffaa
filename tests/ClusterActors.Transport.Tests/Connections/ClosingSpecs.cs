using System.Buffers;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public abstract class ClosingSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : ClosingSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : ClosingSpecs(PollEngine.Sockets);

    private const int MoreThanBuffersHold = 16 * 1024 * 1024;
    private const int SmallReceiveBuffer = 16 * 1024;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private static readonly TestConnection.Do Close = new(connection => connection.Close());

    private static readonly TestConnection.Do WriteMuchAndClose = new(connection =>
    {
        connection.Output.Write(Random(MoreThanBuffersHold));
        connection.Close();
    });

    protected override ConnectionSettings Settings { get; } = new()
    {
        OutputLimit = 2 * MoreThanBuffersHold,
        CloseTimeout = CloseTimeout,
    };

    [Fact]
    public async Task All_that_waits_is_sent_before_the_end_of_the_stream()
    {
        var (peer, server) = await PairAsync(Recording, SmallReceiveBuffer);

        server.Actor.Tell(WriteMuchAndClose);
        var bytes = await peer.ReadToEndAsync();
        Assert.True(Random(MoreThanBuffersHold).AsSpan().SequenceEqual(bytes));

        peer.Dispose();
        await EndedAsync(ConnectionEnd.ClosedHere, SocketError.Success);
    }

    [Fact]
    public async Task A_far_end_that_does_not_close_is_waited_for_no_longer_than_the_timeout()
    {
        var (peer, server) = await PairAsync(Recording);
        server.Actor.Tell(Close);
        Assert.Empty(await peer.ReadToEndAsync());

        await Host.AdvanceAsync(CloseTimeout - TimeSpan.FromMilliseconds(1));
        Assert.True(Journal.IsEmpty);
        await Host.AdvanceAsync(TimeSpan.FromSeconds(1));

        await EndedAsync(ConnectionEnd.ClosedHere, SocketError.TimedOut);
    }

    [Fact]
    public async Task A_deadline_set_while_closing_does_not_make_it_wait_longer()
    {
        var (_, server) = await PairAsync(Recording);
        server.Actor.Tell(Close);
        await TestConnection.DoAsync(server.Actor, connection => connection.SetDeadline(TimeSpan.FromHours(1)));

        await Host.AdvanceAsync(CloseTimeout);

        await EndedAsync(ConnectionEnd.ClosedHere, SocketError.TimedOut);
    }

    [Fact]
    public async Task A_far_end_that_does_not_read_is_waited_for_no_longer_than_the_timeout()
    {
        var (_, server) = await PairAsync(Recording, SmallReceiveBuffer);
        server.Actor.Tell(WriteMuchAndClose);
        Assert.True(await TestConnection.AskAsync(server.Actor, connection => connection.PendingOutput) > 0);

        await Host.AdvanceAsync(CloseTimeout);

        await EndedAsync(ConnectionEnd.ClosedHere, SocketError.TimedOut);
    }

    [Fact]
    public async Task A_far_end_that_does_not_stop_sending_is_not_heard_and_holds_up_nobody()
    {
        var (peer, server) = await PairAsync(Recording);
        server.Actor.Tell(Close);
        Assert.Empty(await peer.ReadToEndAsync());

        var flood = FloodAsync(peer);
        await Host.RoundAsync();
        await Host.AdvanceAsync(CloseTimeout);

        await EndedAsync(ConnectionEnd.ClosedHere, SocketError.TimedOut);
        await flood;
    }

    [Fact]
    public async Task A_far_end_that_has_finished_sending_still_gets_what_waits()
    {
        var (peer, server) = await PairAsync(Recording, SmallReceiveBuffer);
        await TestConnection.DoAsync(server.Actor, connection => connection.PauseReading());
        peer.FinishSending();
        await Host.RoundAsync();

        server.Actor.Tell(WriteMuchAndClose);

        Assert.Equal(MoreThanBuffersHold, (await peer.ReadToEndAsync()).Length);
        await EndedAsync(ConnectionEnd.ClosedHere, SocketError.Success);
    }

    [Fact]
    public async Task Closing_twice_is_closing_once()
    {
        var (peer, server) = await PairAsync(Recording);

        server.Actor.Tell(Close);
        server.Actor.Tell(Close);
        Assert.Empty(await peer.ReadToEndAsync());
        peer.Dispose();

        await EndedAsync(ConnectionEnd.ClosedHere, SocketError.Success);
        Assert.True(Journal.IsEmpty);
    }

    [Fact]
    public async Task Closing_before_it_is_open_ends_its_actor()
    {
        var peer = await ConnectAsync(Host.Listen(connection => Props.Create(() => new TurnedAwayConnection(connection, Journal))));

        await Journal.NextAsync<ConnectionNews.Opened>();
        await EndedAsync(ConnectionEnd.ClosedHere, SocketError.Success);
        Assert.True(await peer.IsEndedAsync());
    }

    [Fact]
    public async Task What_is_written_after_the_last_output_is_dropped()
    {
        var (peer, server) = await PairAsync(Recording);
        server.Actor.Tell(Close);
        Assert.Empty(await peer.ReadToEndAsync());

        for (var i = 0; i < 5; i++)
            server.Actor.Tell(new TestConnection.Do(connection => connection.Output.Write(new byte[1000])));

        Assert.Equal(1000, await TestConnection.AskAsync(server.Actor, connection => connection.PendingOutput));
    }

    [Fact]
    public async Task An_abort_with_output_waiting_is_seen_as_a_reset()
    {
        var (peer, server) = await PairAsync(Recording);

        server.Actor.Tell(new TestConnection.Do(connection =>
        {
            connection.Output.Write("never sent"u8);
            connection.Abort();
        }));

        await Assert.ThrowsAsync<SocketException>(peer.ReadToEndAsync);
        await Eventually.EqualsAsync(0, () => Host.Group.ConnectionCount, "connections");
        Assert.True(Journal.IsEmpty);
    }

    [Fact]
    public async Task An_actor_that_stops_takes_its_connection_with_it()
    {
        var (peer, server) = await PairAsync(Recording);

        server.Actor.Tell(PoisonPill.Instance);

        Assert.Empty(await peer.ReadToEndAsync());
        await Journal.NextAsync<ConnectionNews.Stopped>();
        Assert.Equal(0, Host.Group.ConnectionCount);
    }

    private static async Task FloodAsync(TcpPeer peer)
    {
        var bytes = new byte[1024 * 1024];
        try
        {
            while (true)
                await peer.SendAsync(bytes);
        }
        catch (SocketException)
        {
            // The server has closed at last.
        }
    }

    private Props Recording(Connection connection) => Props.Create(() => new RecordingConnection(connection, Journal));

    private async Task EndedAsync(ConnectionEnd end, SocketError error)
    {
        Assert.Equal(new ConnectionEvents.Disconnected(end, error), await Journal.NextAsync<ConnectionEvents.Disconnected>());
        await Journal.NextAsync<ConnectionNews.Stopped>();
        Assert.Equal(0, Host.Group.ConnectionCount);
    }
}
