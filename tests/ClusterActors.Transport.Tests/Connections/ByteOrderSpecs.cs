using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public abstract class ByteOrderSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : ByteOrderSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : ByteOrderSpecs(PollEngine.Sockets);

    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(3_000, 1)] // every byte a write of its own
    [InlineData(100_000, 7)] // never aligned with anything
    [InlineData(4 * MiB, 64 * 1024)] // exactly the loop's read buffer
    [InlineData(4 * MiB, (64 * 1024) + 1)] // one byte more
    [InlineData(16 * MiB, MiB)] // far more than one receive takes
    public async Task An_echo_returns_every_byte_in_order(int length, int write)
    {
        var (peer, _) = await PairAsync(Echo);
        var bytes = Random(length);

        var sending = peer.SendSplitAsync(bytes, write);
        var echo = await peer.ReadExactlyAsync(length);
        await sending;

        Assert.True(bytes.AsSpan().SequenceEqual(echo));
    }

    [Theory]
    [InlineData(1, 40, 60)] // one byte at a time: headers and payloads are split everywhere
    [InlineData(5, 300, 200)] // a header and a byte, then never in step again
    [InlineData(1460, 2_000, 700)] // segments of an Ethernet, small frames that straddle them
    [InlineData(64 * 1024, 5, 300_000)] // frames larger than one receive: the needed length is told
    [InlineData(MiB, 4, 3 * MiB)] // frames larger than what is ever copied ahead
    [InlineData(MiB, 20_000, 100)] // many small frames in each receive
    public async Task Frames_are_put_together_from_any_pieces(int write, int frames, int largest)
    {
        var (peer, _) = await PairAsync(connection => Props.Create(() => new FramedConnection(connection, Journal)));
        var random = new Random(frames);
        var stream = Enumerable.Range(0, frames).SelectMany(i => FramedConnection.Frame(Random(random.Next(largest + 1), i))).ToArray();

        var sending = peer.SendSplitAsync(stream, write);
        var echo = await peer.ReadExactlyAsync(stream.Length);
        await sending;

        Assert.True(stream.AsSpan().SequenceEqual(echo));
    }

    [Fact]
    public async Task Many_connections_do_not_mix_their_bytes()
    {
        const int count = 100;
        var port = ListenEcho();

        await Task.WhenAll(Enumerable.Range(0, count).Select(async seed =>
        {
            using var peer = await TcpPeer.ConnectAsync(port.Endpoint);
            var bytes = Random(50_000, seed);
            var sending = peer.SendSplitAsync(bytes, 3_001);
            Assert.Equal(bytes, await peer.ReadExactlyAsync(bytes.Length));
            await sending;
        }));
    }
}
