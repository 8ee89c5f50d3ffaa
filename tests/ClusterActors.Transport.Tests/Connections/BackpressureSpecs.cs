using System.Buffers;
using Akka.Actor;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public abstract class BackpressureSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : BackpressureSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : BackpressureSpecs(PollEngine.Sockets);

    // So much that it leaves in several parts, whatever the system's buffers take at a time.
    private const int HighWater = 4 * 1024 * 1024;
    private const int FarMoreThanBuffersHold = 32 * 1024 * 1024;
    private const int SmallReceiveBuffer = 16 * 1024;

    private readonly MeteredEchoConnection.Meter _meter = new();

    protected override ConnectionSettings Settings { get; } = new() { OutputHighWater = HighWater, OutputLimit = 2 * HighWater };

    [Fact]
    public async Task A_peer_that_does_not_read_its_answers_is_not_read_and_loses_nothing()
    {
        var (peer, server) = await PairAsync(MeteredEcho, SmallReceiveBuffer);
        var bytes = Random(FarMoreThanBuffersHold);

        var sending = peer.SendAsync(bytes);
        await ChokedAsync(server.Actor);
        await QuietAsync();
        Assert.False(sending.IsCompleted);
        Assert.True(_meter.Received < bytes.Length);

        var echo = await peer.ReadExactlyAsync(bytes.Length);
        await sending;
        Assert.True(bytes.AsSpan().SequenceEqual(echo));
        Assert.True(_meter.MostWaiting <= HighWater, $"{_meter.MostWaiting} bytes waited when more was read");
    }

    [Fact]
    public async Task It_is_read_again_once_half_of_the_high_water_is_out()
    {
        var (peer, server) = await PairAsync(MeteredEcho, SmallReceiveBuffer);
        var bytes = Random(FarMoreThanBuffersHold);

        var sending = peer.SendAsync(bytes);
        await ChokedAsync(server.Actor);
        await peer.ReadExactlyAsync(bytes.Length);
        await sending;

        Assert.InRange(_meter.WaitingAfterMark, 0, HighWater / 2);
    }

    [Fact]
    public async Task Meanwhile_others_are_served_by_the_same_loop()
    {
        var (peer, server) = await PairAsync(MeteredEcho, SmallReceiveBuffer);
        var sending = peer.SendAsync(new byte[FarMoreThanBuffersHold]);
        await ChokedAsync(server.Actor);

        var (other, _) = await PairAsync(Echo);
        await other.SendAsync("still here"u8.ToArray());

        Assert.Equal("still here"u8.ToArray(), await other.ReadExactlyAsync(10));
        Assert.False(sending.IsCompleted);
        peer.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
    }

    [Fact]
    public async Task Who_asks_is_told_once_that_most_of_the_output_is_out()
    {
        var (peer, server) = await PairAsync(Quiet, SmallReceiveBuffer);
        Assert.False(await TestConnection.AskAsync(server.Actor, connection =>
        {
            connection.Output.Write(new byte[FarMoreThanBuffersHold]);
            connection.TellWhenOutputIsLow();
            return connection.IsOutputLow;
        }));
        await QuietAsync();
        Assert.False(await TestConnection.AskAsync(server.Actor, connection => connection.IsOutputLow));
        Assert.True(Journal.IsEmpty);

        await peer.ReadExactlyAsync(FarMoreThanBuffersHold);

        Assert.IsType<ConnectionEvents.OutputRanLow>((await Journal.NextAsync<ConnectionNews.Told>()).Message);
        Assert.True(await TestConnection.AskAsync(server.Actor, connection => connection.IsOutputLow));
        await TestConnection.DoAsync(server.Actor, connection => connection.Output.Write(new byte[1]));
        await peer.ReadExactlyAsync(1);
        Assert.True(Journal.IsEmpty);
    }

    private Props Quiet(Connection connection) => Props.Create(() => new TestConnection(connection, Journal));

    private Props MeteredEcho(Connection connection) => Props.Create(() => new MeteredEchoConnection(connection, Journal, _meter));

    /// <summary>Returns when more than the high water waits, and marks that moment.</summary>
    private async Task ChokedAsync(IActorRef actor)
    {
        var choked = false;
        while (!choked)
        {
            choked = await TestConnection.AskAsync(actor, connection =>
            {
                if (connection.PendingOutput <= HighWater)
                    return false;
                _meter.Mark();
                return true;
            });
        }
    }

    /// <summary>Returns when nothing was received for some rounds.</summary>
    private async Task QuietAsync()
    {
        for (var quiet = 0; quiet < 10; quiet++)
        {
            var received = _meter.Received;
            await Host.RoundAsync();
            await Task.Delay(5);
            if (_meter.Received != received)
                quiet = 0;
        }
    }
}
