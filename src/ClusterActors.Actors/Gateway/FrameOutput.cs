using System.Buffers;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>Writes typed messages as frames of a link.</summary>
internal static class FrameOutput
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    private static ReadOnlySpan<byte> PlainDone => "action=1000"u8;

    /// <summary>Writes a message in one text frame.</summary>
    public static void WriteMessage(this IBufferWriter<byte> output, Message message)
    {
        if (message is Reply { IsDone: true, Seq: null, Values.Count: 0 })
        {
            output.WriteDone(null);
            return;
        }

        var scratch = Scratch();
        MessageWriter.Write(scratch, message);
        FrameWriter.Write(output, Opcode.Text, scratch.WrittenSpan);
        Forget(scratch);
    }

    /// <summary>Writes a message to an existing CshBBrain server, within its limits (PROTOCOL.md section 5).</summary>
    public static void WriteCshBBrainMessage(this IBufferWriter<byte> output, Message message)
    {
        var scratch = Scratch();
        MessageWriter.Write(scratch, message);
        CshBBrainCompat.WritePadding(scratch, scratch.WrittenCount);
        FrameWriter.Write(output, Opcode.Text, scratch.WrittenSpan);
        Forget(scratch);
    }

    /// <summary>Writes <c>action=1000</c>, the answer to every good report.</summary>
    public static void WriteDone(this IBufferWriter<byte> output, string? seq)
    {
        if (seq is null)
            FrameWriter.Write(output, Opcode.Text, PlainDone);
        else
            output.WriteMessage(Reply.Done() with { Seq = seq });
    }

    /// <summary>Writes a report; toward an existing CshBBrain manager within its limits (PROTOCOL.md section 5).</summary>
    public static void WriteReport(this IBufferWriter<byte> output, ServerReport report, bool toCshBBrain)
    {
        var scratch = Scratch();
        MessageWriter.WriteReport(scratch, report, seq: null, firstRowOnly: toCshBBrain);
        if (toCshBBrain)
            CshBBrainCompat.WritePadding(scratch, scratch.WrittenCount);
        FrameWriter.Write(output, Opcode.Text, scratch.WrittenSpan);
        Forget(scratch);
    }

    /// <summary>Writes an allocation in the form of existing CshBBrain servers.</summary>
    public static void WriteCshBBrainAllocation(this IBufferWriter<byte> output, string ip, int port)
    {
        var scratch = Scratch();
        CshBBrainCompat.WriteAllocation(scratch, ip, port);
        FrameWriter.Write(output, Opcode.Text, scratch.WrittenSpan);
        Forget(scratch);
    }

    private static ArrayBufferWriter<byte> Scratch() => _scratch ??= new ArrayBufferWriter<byte>(1024);

    private static void Forget(ArrayBufferWriter<byte> scratch)
    {
        // One answer about a large fleet must not keep its size for ever.
        if (scratch.Capacity > 64 * 1024)
            _scratch = null;
        else
            scratch.ResetWrittenCount();
    }
}
