using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClusterActors.Protocol;

/// <summary>What every writer of this assembly needs from an <see cref="IBufferWriter{T}"/>.</summary>
internal static class BufferWriting
{
    public static void WriteUtf8(this IBufferWriter<byte> writer, ReadOnlySpan<char> text) =>
        Encoding.UTF8.GetBytes(text, writer);

    public static void WriteNumber(this IBufferWriter<byte> writer, long value)
    {
        _ = value.TryFormat(writer.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
