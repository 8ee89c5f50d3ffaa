using Akka.Actor;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public abstract class PausingSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : PausingSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : PausingSpecs(PollEngine.Sockets);

    private static readonly TestConnection.Do Resume = new(connection => connection.ResumeReading());

    [Fact]
    public async Task What_was_not_taken_comes_again_when_reading_goes_on()
    {
        var (peer, server) = await PairAsync(connection => Props.Create(() => new PausingConnection(connection, Journal, false)));
        await peer.SendAsync("abc"u8.ToArray());
        Assert.Equal("abc"u8.ToArray(), await ArrivedAsync());

        server.Actor.Tell(Resume);
        Assert.Equal("bc"u8.ToArray(), await ArrivedAsync());
        server.Actor.Tell(Resume);
        Assert.Equal("c"u8.ToArray(), await ArrivedAsync());
    }

    [Fact]
    public async Task New_bytes_wait_and_come_behind_what_was_left()
    {
        var (peer, server) = await PairAsync(connection => Props.Create(() => new PausingConnection(connection, Journal, false)));
        await peer.SendAsync("ab"u8.ToArray());
        Assert.Equal("ab"u8.ToArray(), await ArrivedAsync());

        await peer.SendAsync("c"u8.ToArray());
        await Host.RoundAsync();
        Assert.True(Journal.IsEmpty);

        server.Actor.Tell(Resume);
        Assert.Equal("b"u8.ToArray(), await ArrivedAsync());
        server.Actor.Tell(Resume);
        Assert.Equal("c"u8.ToArray(), await ArrivedAsync());
    }

    [Fact]
    public async Task A_pause_that_ends_within_the_delivery_brings_the_rest_at_once()
    {
        var (peer, _) = await PairAsync(connection => Props.Create(() => new PausingConnection(connection, Journal, true)));

        await peer.SendAsync("abc"u8.ToArray());

        Assert.Equal("abc"u8.ToArray(), await ArrivedAsync());
        Assert.Equal("bc"u8.ToArray(), await ArrivedAsync());
        Assert.Equal("c"u8.ToArray(), await ArrivedAsync());
    }

    [Fact]
    public async Task A_pause_between_deliveries_holds_the_next_one_back()
    {
        var (peer, server) = await PairAsync(connection => Props.Create(() => new RecordingConnection(connection, Journal)));
        await TestConnection.DoAsync(server.Actor, connection => connection.PauseReading());
        await peer.SendAsync("abc"u8.ToArray());
        await Host.RoundAsync();
        Assert.True(Journal.IsEmpty);

        server.Actor.Tell(Resume);
        Assert.Equal("abc"u8.ToArray(), await ArrivedAsync());
    }

    [Fact]
    public async Task Many_pauses_lose_nothing()
    {
        var (peer, server) = await PairAsync(connection => Props.Create(() => new PausingConnection(connection, Journal, false)));
        var bytes = Random(500);

        await peer.SendSplitAsync(bytes, 7);
        var firsts = new List<byte>();
        while (firsts.Count < bytes.Length)
        {
            firsts.Add((await ArrivedAsync())[0]);
            server.Actor.Tell(Resume);
        }

        Assert.Equal(bytes, firsts);
    }

    [Fact]
    public async Task The_end_of_the_stream_is_seen_when_reading_goes_on()
    {
        var (peer, server) = await PairAsync(connection => Props.Create(() => new RecordingConnection(connection, Journal)));
        await TestConnection.DoAsync(server.Actor, connection => connection.PauseReading());
        await peer.SendAsync("last words"u8.ToArray());
        peer.FinishSending();
        await Host.RoundAsync();
        Assert.True(Journal.IsEmpty);

        server.Actor.Tell(Resume);
        Assert.Equal("last words"u8.ToArray(), await ArrivedAsync());
        Assert.Equal(ConnectionEnd.EndOfStream, (await Journal.NextAsync<ConnectionEvents.Disconnected>()).End);
    }

    private async Task<byte[]> ArrivedAsync() => (await Journal.NextAsync<ConnectionNews.Arrived>()).Bytes;
}
