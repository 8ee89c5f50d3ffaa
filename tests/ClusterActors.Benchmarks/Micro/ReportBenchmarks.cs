using System.Buffers;
using BenchmarkDotNet.Attributes;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Benchmarks.Micro;

/// <summary>A report is read and answered with <c>action=1000</c>: the work of a manager per server and second.</summary>
public class ReportBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly byte[] _firstRow = SampleReports.FirstRow.ToArray();
    private byte[] _full = [];

    [GlobalSetup]
    public void Setup()
    {
        var writer = new ArrayBufferWriter<byte>();
        MessageWriter.WriteReport(writer, SampleReports.Full(1, 4711), seq: "4711");
        _full = writer.WrittenSpan.ToArray();
    }

    [Benchmark(Description = "read report, first row of names")]
    public Message? ReadFirstRow() => Read(_firstRow);

    [Benchmark(Description = "read report, every name and seq")]
    public Message? ReadFull() => Read(_full);

    [Benchmark(Description = "read report, every name and seq; write reply and frame")]
    public int ReadAndReply()
    {
        var report = Read(_full);
        _output.ResetWrittenCount();
        MessageWriter.Write(_output, Reply.Done() with { Seq = report?.Seq });
        var payload = _output.WrittenCount;
        FrameWriter.Write(_output, Opcode.Text, _output.WrittenSpan);
        return _output.WrittenCount - payload;
    }

    [Benchmark(Description = "write report, every name")]
    public int WriteFull()
    {
        _output.ResetWrittenCount();
        MessageWriter.WriteReport(_output, Report);
        return _output.WrittenCount;
    }

    private static ServerReport Report { get; } = SampleReports.Full(1, 4711);

    private static Message? Read(byte[] payload)
    {
        _ = MessageReader.TryRead(payload, out var message, out var refusal);
        return message ?? throw new InvalidOperationException(refusal?.Msg);
    }
}
