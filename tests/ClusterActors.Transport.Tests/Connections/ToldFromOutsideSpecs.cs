using Akka.Actor;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public abstract class ToldFromOutsideSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : ToldFromOutsideSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : ToldFromOutsideSpecs(PollEngine.Sockets);

    [Fact]
    public async Task A_message_that_was_first_is_handled_before_the_bytes()
    {
        var (peer, server) = await PairAsync(Recording);
        using (await Host.HoldLoopAsync())
        {
            server.Actor.Tell("first");
            await peer.SendAsync("second"u8.ToArray());
        }

        Assert.Equal("first", (await Journal.NextAsync<ConnectionNews.Told>()).Message);
        Assert.Equal("second"u8.ToArray(), (await Journal.NextAsync<ConnectionNews.Arrived>()).Bytes);
    }

    [Fact]
    public async Task Bytes_that_had_to_wait_for_their_actor_are_kept_apart_from_those_of_others()
    {
        var (held, server) = await PairAsync(Framed);
        var (other, _) = await PairAsync(Framed);
        var frame = FramedConnection.Frame(Random(1000, 1));
        var otherFrame = FramedConnection.Frame(Random(1000, 2));

        for (var split = 1; split < frame.Length; split += 37)
        {
            using (await Host.HoldLoopAsync())
            {
                server.Actor.Tell("now it is scheduled");
                await held.SendAsync(frame.AsMemory(0, split));
                await other.SendAsync(otherFrame.AsMemory(0, split));
            }

            await held.SendAsync(frame.AsMemory(split));
            await other.SendAsync(otherFrame.AsMemory(split));
            Assert.Equal(frame, await held.ReadExactlyAsync(frame.Length));
            Assert.Equal(otherFrame, await other.ReadExactlyAsync(otherFrame.Length));
            await Journal.NextAsync<ConnectionNews.Told>();
        }
    }

    [Fact]
    public async Task After_a_pause_that_was_first_the_bytes_wait()
    {
        var (peer, server) = await PairAsync(Recording);
        using (await Host.HoldLoopAsync())
        {
            server.Actor.Tell(new TestConnection.Do(connection => connection.PauseReading()));
            await peer.SendAsync("not yet"u8.ToArray());
        }

        await Host.RoundAsync();
        Assert.True(Journal.IsEmpty);
        server.Actor.Tell(new TestConnection.Do(connection => connection.ResumeReading()));
        Assert.Equal("not yet"u8.ToArray(), (await Journal.NextAsync<ConnectionNews.Arrived>()).Bytes);
    }

    [Fact]
    public async Task After_a_close_that_was_first_the_bytes_are_not_delivered()
    {
        var (peer, server) = await PairAsync(Recording);
        using (await Host.HoldLoopAsync())
        {
            server.Actor.Tell(new TestConnection.Do(connection => connection.Close()));
            await peer.SendAsync("too late"u8.ToArray());
        }

        Assert.Empty(await peer.ReadToEndAsync());
        peer.Dispose();
        Assert.Equal(ConnectionEnd.ClosedHere, (await Journal.NextAsync<ConnectionEvents.Disconnected>()).End);
    }

    [Fact]
    public async Task An_actor_that_was_stopped_first_gets_no_bytes_and_harms_no_other()
    {
        var (other, _) = await PairAsync(Framed);
        for (var i = 0; i < 20; i++)
        {
            var (peer, server) = await PairAsync(Recording);
            using (await Host.HoldLoopAsync())
            {
                server.Actor.Tell(PoisonPill.Instance);
                await peer.SendAsync("nobody reads this"u8.ToArray());
            }

            await Journal.NextAsync<ConnectionNews.Stopped>();
            Assert.True(await peer.IsEndedAsync());
        }

        await other.SendAsync(FramedConnection.Frame("fine"u8));
        Assert.Equal(FramedConnection.Frame("fine"u8), await other.ReadExactlyAsync(8));
    }

    [Fact]
    public async Task Many_messages_from_many_threads_lose_and_reorder_neither_themselves_nor_the_bytes()
    {
        const int tellers = 4;
        const int each = 20_000;
        var (peer, server) = await PairAsync(Framed);
        var frames = Enumerable.Range(0, 3_000).SelectMany(i => FramedConnection.Frame(Random(i % 500, i))).ToArray();

        var telling = Enumerable.Range(0, tellers).Select(teller => Task.Factory.StartNew(
            () => Tell(server.Actor, teller, each), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        var sending = peer.SendSplitAsync(frames, 333);
        var echo = await peer.ReadExactlyAsync(frames.Length);
        await sending;
        await Task.WhenAll(telling);

        Assert.True(frames.AsSpan().SequenceEqual(echo));
        var next = new int[tellers];
        for (var i = 0; i < tellers * each; i++)
        {
            var (teller, number) = ((int, int))(await Journal.NextAsync<ConnectionNews.Told>()).Message;
            Assert.Equal(next[teller]++, number);
        }
    }

    private static void Tell(IActorRef actor, int teller, int count)
    {
        for (var number = 0; number < count; number++)
            actor.Tell((teller, number));
    }

    private Props Recording(Connection connection) => Props.Create(() => new RecordingConnection(connection, Journal));

    private Props Framed(Connection connection) => Props.Create(() => new FramedConnection(connection, Journal));
}
