using System.Buffers;
using System.Text;

namespace ClusterActors.Protocol;

/// <summary>What every writer of this assembly needs from an <see cref="IBufferWriter{T}"/>.</summary>
internal static class BufferWriting
{
    public static void WriteUtf8(this IBufferWriter<byte> writer, string text)
    {
        var span = writer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        writer.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    public static void WriteNumber(this IBufferWriter<byte> writer, long value)
    {
        var span = writer.GetSpan(20);
        _ = value.TryFormat(span, out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
