using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClusterActors.Protocol.Data;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;
using ClusterActors.Protocol.Messages;
using ClusterActors.Protocol.Tests.Frames;
using ClusterActors.Protocol.Tests.Handshake;
using ClusterActors.Protocol.Tests.Messages;

namespace ClusterActors.Protocol.Tests;

/// <summary>
/// Feeds mutated good traffic and noise to every reader: none throws, none takes more than there is, none holds on to memory.
/// Environment variable CLUSTERACTORS_FUZZ_SECONDS sets how long each run takes; the rounds themselves follow fixed seeds.
/// </summary>
[Collection(nameof(AloneCollection))]
public class FuzzSpecs
{
    private const double DefaultSeconds = 3;
    private const int MaxMessageBytes = 5000;

    private static readonly HandshakeRequest Sent = new("192.168.12.112:9292", HandshakeVectors.Key, "Clusters");

    private static readonly byte[][] Handshakes =
    [
        Bytes.Of(HandshakeVectors.Request),
        Bytes.Of(HandshakeVectors.Response),
        Bytes.Of(HandshakeVectors.ResponseWithoutHost),
        Bytes.Of("CshBBrain\nHost:h\nLease:abc\nX:y\nKey:3eed7d5bcedc494da9621f2e\nProtocol:Protocol"),
        Bytes.Of("CshBBrain\r\nError:no\r\n"),
        Bytes.Of("GET /chat?lease=a HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"),
    ];

    private static readonly byte[][] Streams = [.. FrameStreams.All.Select(s => s.Stream)];

    private static readonly byte[][] Payloads =
    [
        .. Examples.Golden.Select(g => Bytes.Of(g.Text)),
        Bytes.Of("{ip:'127.0.0.1',port:8001}"),
        Bytes.Written(w => MessageWriter.Write(w, new ViewReply(1, "m", 1, "m", [new("n", ServerState.Up, "i", 1, 3, 5, Examples.Full)]).ToReply("1"))),
        Bytes.Written(w => MessageWriter.Write(w, (ReplyContentSpecs.Views.WithAuthority with { Nodes = [] }).ToReply())),
        Bytes.Written(w => MessageWriter.Write(w, (Examples.Allocation with { Explain = [new("n", ServerState.Up, 0.5, 1, 2, true, "r")] }).ToReply())),
    ];

    private static readonly byte[][] DataPayloads =
    [
        Bytes.Of("op=put&seq=12&key=user%2F5&value=a%26b&if=1.1.17&expires=60"),
        Bytes.Of("op=put&key=K&if=none\n\0\r\n&=%"),
        Bytes.Of("op=get&key=K&seq=%c3%bc"),
        Bytes.Of("op=list&prefix=%61&after=a%2f&limit=10"),
        Bytes.Of("op=unwatch&prefix=a&seq="),
        Bytes.Of("ok=1&seq=7&keys=a,b%252Cc,d%2525&count=3&more=0"),
        Bytes.Of("ok=0&code=conflict&version=none&msg=x"),
        Bytes.Of("event=put&key=k&version=3.2.17\nV"),
    ];

    [Fact]
    public void Openings_survive_noise() => Run(Handshakes, (random, bytes) =>
    {
        _ = OpeningDetector.Detect(bytes);
        var limit = random.Next(4) == 0 ? random.Next(1, 200) : 1024;
        var status = HandshakeRequestReader.TryRead(bytes, limit, out var request, out var consumed, out var reason);
        CheckAnswer(status, request, consumed, bytes.Length, reason);
        if (request is not null)
            Assert.NotEmpty(Bytes.Written(w => HandshakeWriter.WriteResponse(w, request)));
        if (reason is not null)
            Assert.Equal(2, Bytes.Text(w => HandshakeWriter.WriteRefusal(w, reason)).Count(c => c == '\n'));

        status = HandshakeResponseReader.TryRead(bytes, Sent, limit, out var response, out consumed, out reason);
        CheckAnswer(status, response, consumed, bytes.Length, reason);

        status = WebSocketUpgradeReader.TryRead(bytes, limit, out var upgrade, out consumed, out var refusal);
        CheckAnswer(status, upgrade, consumed, bytes.Length, refusal?.Text);
        if (refusal is not null)
            Assert.NotEmpty(Bytes.Written(w => WebSocketWriter.WriteRefusal(w, refusal)));
    });

    [Fact]
    public void Frames_survive_noise_and_are_read_the_same_in_pieces() => Run(Streams, (random, bytes) =>
    {
        var rules = new FrameRules
        {
            Mask = (MaskPolicy)random.Next(3),
            MaxMessageBytes = random.Next(3) == 0 ? 10 : MaxMessageBytes,
            SkipLeadingLineEnds = random.Next(2) == 0,
        };
        using var whole = new FrameFeed(rules);
        whole.Receive(bytes);
        using var pieces = new FrameFeed(rules);
        for (var at = 0; at < bytes.Length;)
        {
            var size = Math.Min(bytes.Length - at, random.Next(1, 12));
            pieces.Receive(bytes.AsSpan(at, size));
            at += size;
        }

        Assert.Equal(whole.Events, pieces.Events);
        Assert.InRange(whole.NeededBytes, 0, MaxMessageBytes + FrameHeader.MaxLength);
        Assert.Equal(whole.Reader.IsInsideMessage, pieces.Reader.IsInsideMessage);
    });

    [Fact]
    public void Messages_survive_noise_and_what_is_read_is_written_and_read_again() => Run(Payloads, (random, bytes) =>
    {
        _ = CshBBrainCompat.TryReadAllocation(bytes, out _, out _);
        _ = CshBBrainCompat.TryReadFailure(bytes, out _);
        if (!MessageReader.TryRead(bytes, out var message, out var refusal))
        {
            if (refusal is not null)
                Assert.True(MessageReader.TryRead(Bytes.Written(w => MessageWriter.Write(w, refusal)), out _, out _));
            return;
        }

        var again = Bytes.Written(w => MessageWriter.Write(w, message!));
        Assert.True(MessageReader.TryRead(again, out var read, out var why), why?.Msg);
        if (message is not ReportMessage) // a percentage comes back with two decimals
            Assert.Equal(Examples.Show(message), Examples.Show(read));
        if (message is not Reply reply)
            return;
        _ = ViewReply.TryRead(reply, out _, out _);
        _ = AllocationReply.TryRead(reply, out _, out _);
    });

    [Fact]
    public void Data_survives_noise() => Run(DataPayloads, (random, bytes) =>
    {
        var isBinary = random.Next(2) == 0;
        using (var request = DataRequest.Read(isBinary, bytes))
        {
            Assert.InRange(request.Key.Length, 0, bytes.Length);
            if (request.Failure is { } failure)
            {
                var mark = request.Mark.Keep();
                var refusal = Bytes.Written(w => DataReplyWriter.WriteFailed(w, DataMark.Of(mark), failure.Code, failure.Msg));
                Assert.True(DataReplyReader.TryRead(isBinary, refusal, out var refused, out _, out var wrong), wrong);
                Assert.Equal((failure.Code, failure.Msg), (refused!.Code, refused.Msg));
            }
        }

        _ = DataReplyReader.TryRead(isBinary, bytes, out _, out _, out _);
    });

    private static void CheckAnswer(ReadStatus status, object? value, int consumed, int length, string? reason)
    {
        Assert.Equal(status == ReadStatus.Done, value is not null);
        Assert.Equal(status == ReadStatus.Violation, reason is not null);
        Assert.InRange(consumed, status == ReadStatus.Done ? 1 : 0, status == ReadStatus.Done ? length : 0);
    }

    private static void Run(byte[][] corpus, Action<Random, byte[]> round)
    {
        var seconds = double.TryParse(Environment.GetEnvironmentVariable("CLUSTERACTORS_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var set) ? set : DefaultSeconds;
        var clock = Stopwatch.StartNew();
        long held = 0;
        for (var seed = 0; seed < 2000 || clock.Elapsed.TotalSeconds < seconds; seed++)
        {
            var random = new Random(seed);
            var bytes = Mutate(random, corpus);
            try
            {
                round(random, (byte[])bytes.Clone());
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToHexString(bytes)} {Encoding.Latin1.GetString(bytes)}", e);
            }

            if (seed == 1000)
                held = GC.GetTotalMemory(forceFullCollection: true);
        }

        // The pool keeps some buffers; a reader that kept anything per round would hold far more after thousands of them.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - held, long.MinValue, 16 * 1024 * 1024);
    }

    private static byte[] Mutate(Random random, byte[][] corpus)
    {
        if (random.Next(20) == 0)
        {
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            return noise;
        }

        List<byte> bytes = [];
        for (var parts = random.Next(1, 4); parts > 0; parts--)
            bytes.AddRange(corpus[random.Next(corpus.Length)]);
        for (var changes = random.Next(0, 6); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var count = Math.Min(random.Next(1, 8), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, count);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, count));
                    break;
                case 4:
                    bytes.InsertRange(at, Enumerable.Range(0, count).Select(_ => (byte)random.Next(256)));
                    break;
                case 5:
                    bytes.Insert(at, "\r\n\0&=%+:, \x7f\x80\xff"u8[random.Next(14)]);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
