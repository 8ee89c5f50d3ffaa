using System.Buffers;
using BenchmarkDotNet.Attributes;
using ClusterActors.Protocol.Frames;

namespace ClusterActors.Benchmarks.Micro;

/// <summary>The frames of one read are parsed and unmasked in place, as with 32 requests in flight on a connection.</summary>
public class FrameReadBenchmarks : IDisposable
{
    private const int Batch = 32;

    private readonly FrameReader _link = new(FrameRules.Link);
    private readonly FrameReader _webSocket = new(FrameRules.WebSocketServer);
    private byte[] _masked = [];
    private byte[] _plain = [];
    private byte[] _input = [];

    [GlobalSetup]
    public void Setup()
    {
        var (masked, plain) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        for (var i = 0; i < Batch; i++)
        {
            FrameWriter.WriteMasked(masked, Opcode.Text, SampleReports.FirstRow, 0x3d21fa37u + (uint)i);
            FrameWriter.Write(plain, Opcode.Text, SampleReports.FirstRow);
        }

        (_masked, _plain) = (masked.WrittenSpan.ToArray(), plain.WrittenSpan.ToArray());
        _input = new byte[Math.Max(_masked.Length, _plain.Length)];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _link.Dispose();
        _webSocket.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Description = "32 masked frames of a link", OperationsPerInvoke = Batch)]
    public int Masked() => Read(_link, _masked);

    [Benchmark(Description = "32 plain frames of a link", OperationsPerInvoke = Batch)]
    public int Plain() => Read(_link, _plain);

    [Benchmark(Description = "32 frames of a WebSocket client", OperationsPerInvoke = Batch)]
    public int WebSocket() => Read(_webSocket, _masked);

    private int Read(FrameReader reader, byte[] frames)
    {
        // Reading unmasks in place, so each pass needs its own copy; it costs the same in all of them.
        var input = _input.AsSpan(0, frames.Length);
        frames.CopyTo(input);
        var count = 0;
        while (!input.IsEmpty)
        {
            var found = reader.Read(input, out var consumed);
            if (found.Kind != FrameEventKind.Text)
                throw new InvalidOperationException($"{found.Kind} after {count} frames: {found.Reason}");
            input = input[consumed..];
            count++;
        }

        return count;
    }
}
