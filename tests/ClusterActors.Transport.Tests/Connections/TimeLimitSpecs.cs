using Akka.Actor;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public abstract class TimeLimitSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : TimeLimitSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : TimeLimitSpecs(PollEngine.Sockets);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_deadline_is_told_when_it_has_come_and_only_once()
    {
        var (_, server) = await PairAsync(Recording);
        await TestConnection.DoAsync(server.Actor, connection => connection.SetDeadline(5 * Second));

        await Host.AdvanceAsync((5 * Second) - Moment);
        Assert.True(Journal.IsEmpty);
        await Host.AdvanceAsync(Second);
        await Journal.NextAsync<ConnectionEvents.DeadlinePassed>();
        await Host.AdvanceAsync(60 * Second);
        Assert.True(Journal.IsEmpty);
    }

    [Fact]
    public async Task A_later_deadline_replaces_an_earlier_one()
    {
        var (_, server) = await PairAsync(Recording);
        await TestConnection.DoAsync(server.Actor, connection => connection.SetDeadline(5 * Second));
        await TestConnection.DoAsync(server.Actor, connection => connection.SetDeadline(10 * Second));

        await Host.AdvanceAsync(9 * Second);
        Assert.True(Journal.IsEmpty);
        await Host.AdvanceAsync(Second);
        await Journal.NextAsync<ConnectionEvents.DeadlinePassed>();
    }

    [Fact]
    public async Task A_deadline_can_be_taken_back()
    {
        var (_, server) = await PairAsync(Recording);
        await TestConnection.DoAsync(server.Actor, connection => connection.SetDeadline(5 * Second));
        await TestConnection.DoAsync(server.Actor, connection => connection.SetDeadline(null));

        await Host.AdvanceAsync(60 * Second);
        Assert.True(Journal.IsEmpty);
    }

    [Fact]
    public async Task A_deadline_beyond_all_time_never_comes()
    {
        var (_, server) = await PairAsync(Recording);
        await TestConnection.DoAsync(server.Actor, connection => connection.SetDeadline(TimeSpan.MaxValue));

        await Host.AdvanceAsync(60 * Second);
        Assert.True(Journal.IsEmpty);
    }

    [Fact]
    public async Task Silence_is_told_once()
    {
        var (_, server) = await PairAsync(Recording);
        await TestConnection.DoAsync(server.Actor, connection => connection.SetIdleLimit(5 * Second));

        await Host.AdvanceAsync((5 * Second) - Moment);
        Assert.True(Journal.IsEmpty);
        await Host.AdvanceAsync(Second);
        await Journal.NextAsync<ConnectionEvents.WentIdle>();
        await Host.AdvanceAsync(60 * Second);
        Assert.True(Journal.IsEmpty);
    }

    [Fact]
    public async Task Bytes_end_a_silence_and_the_next_one_is_told_again()
    {
        var (peer, server) = await PairAsync(Recording);
        await TestConnection.DoAsync(server.Actor, connection => connection.SetIdleLimit(5 * Second));
        await Host.AdvanceAsync(5 * Second);
        await Journal.NextAsync<ConnectionEvents.WentIdle>();

        await peer.SendAsync("x"u8.ToArray());
        await Journal.NextAsync<ConnectionNews.Arrived>();
        Assert.Equal(TimeSpan.Zero, await TestConnection.AskAsync(server.Actor, connection => connection.IdleTime));
        await Host.AdvanceAsync(4 * Second);
        Assert.True(Journal.IsEmpty);
        Assert.Equal(4 * Second, await TestConnection.AskAsync(server.Actor, connection => connection.IdleTime));
        await Host.AdvanceAsync(Second);
        await Journal.NextAsync<ConnectionEvents.WentIdle>();
    }

    [Fact]
    public async Task A_limit_that_is_set_again_is_told_again()
    {
        var (_, server) = await PairAsync(Recording);
        await TestConnection.DoAsync(server.Actor, connection => connection.SetIdleLimit(5 * Second));
        await Host.AdvanceAsync(5 * Second);
        await Journal.NextAsync<ConnectionEvents.WentIdle>();

        await TestConnection.DoAsync(server.Actor, connection => connection.SetIdleLimit(10 * Second));
        await Host.AdvanceAsync(5 * Second);
        await Journal.NextAsync<ConnectionEvents.WentIdle>();
    }

    [Fact]
    public async Task Nobody_is_called_silent_while_he_is_not_listened_to()
    {
        var (_, server) = await PairAsync(Recording);
        await TestConnection.DoAsync(server.Actor, connection => connection.SetIdleLimit(5 * Second));
        await TestConnection.DoAsync(server.Actor, connection => connection.PauseReading());
        await Host.AdvanceAsync(60 * Second);
        Assert.True(Journal.IsEmpty);

        await TestConnection.DoAsync(server.Actor, connection => connection.ResumeReading());
        await Host.AdvanceAsync(4 * Second);
        Assert.True(Journal.IsEmpty);
        await Host.AdvanceAsync(Second);
        await Journal.NextAsync<ConnectionEvents.WentIdle>();
    }

    private Props Recording(Connection connection) => Props.Create(() => new RecordingConnection(connection, Journal));
}
