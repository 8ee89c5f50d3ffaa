using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ClusterActors.Protocol.Messages;

/// <summary>
/// Percent-encoding of parameter values (PROTOCOL.md section 3): <c>&amp; = % +</c> and control characters as <c>%XX</c>,
/// everything else plain UTF-8. A reader decodes every escape and leaves <c>+</c> a plus.
/// </summary>
internal static class PercentCoding
{
    private static readonly SearchValues<char> Encoded = SearchValues.Create(
        ['&', '=', '%', '+', (char)0x7f, .. Enumerable.Range(0, 0x20).Select(c => (char)c)]);

    private static readonly SearchValues<byte> EncodedBytes = SearchValues.Create(
        [(byte)'&', (byte)'=', (byte)'%', (byte)'+', 0x7f, .. Enumerable.Range(0, 0x20).Select(c => (byte)c)]);

    public static void Encode(IBufferWriter<byte> writer, ReadOnlySpan<char> value)
    {
        while (true)
        {
            var plain = value.IndexOfAny(Encoded);
            writer.WriteUtf8(plain < 0 ? value : value[..plain]);
            if (plain < 0)
                return;
            WriteEscape(writer, value[plain]);
            value = value[(plain + 1)..];
        }
    }

    /// <summary>Encodes what is UTF-8 already.</summary>
    public static void Encode(IBufferWriter<byte> writer, ReadOnlySpan<byte> value)
    {
        while (true)
        {
            var plain = value.IndexOfAny(EncodedBytes);
            writer.Write(plain < 0 ? value : value[..plain]);
            if (plain < 0)
                return;
            WriteEscape(writer, value[plain]);
            value = value[(plain + 1)..];
        }
    }

    /// <summary>Bytes that <see cref="Encode(IBufferWriter{byte}, ReadOnlySpan{byte})"/> writes.</summary>
    public static int EncodedLength(ReadOnlySpan<byte> value)
    {
        var length = value.Length;
        int plain;
        while ((plain = value.IndexOfAny(EncodedBytes)) >= 0)
        {
            length += 2;
            value = value[(plain + 1)..];
        }

        return length;
    }

    /// <summary>Writes one byte as <c>%XX</c>.</summary>
    public static void WriteEscape(IBufferWriter<byte> writer, int value)
    {
        var escape = writer.GetSpan(3);
        escape[0] = (byte)'%';
        escape[1] = HexDigit(value >> 4);
        escape[2] = HexDigit(value & 0xf);
        writer.Advance(3);
    }

    /// <summary>Whether every <c>%</c> is followed by two hex digits.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> value)
    {
        int at;
        while ((at = value.IndexOf((byte)'%')) >= 0)
        {
            if (at + 2 >= value.Length || !char.IsAsciiHexDigit((char)value[at + 1]) || !char.IsAsciiHexDigit((char)value[at + 2]))
                return false;
            value = value[(at + 3)..];
        }

        return true;
    }

    /// <summary>Decodes a well-formed value.</summary>
    /// <param name="value">The value as it came.</param>
    /// <param name="scratch">At least as long as the value.</param>
    /// <returns>The value itself when it holds no escape, otherwise the part of the scratch that was filled.</returns>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> value, Span<byte> scratch)
    {
        var at = value.IndexOf((byte)'%');
        if (at < 0)
            return value;
        var length = 0;
        for (; at >= 0; at = value.IndexOf((byte)'%'))
        {
            value[..at].CopyTo(scratch[length..]);
            length += at;
            scratch[length++] = (byte)((HexValue(value[at + 1]) << 4) | HexValue(value[at + 2]));
            value = value[(at + 3)..];
        }

        value.CopyTo(scratch[length..]);
        return scratch[..(length + value.Length)];
    }

    /// <summary>Decodes a well-formed value to text; <see langword="null"/> when it is not UTF-8.</summary>
    public static string? DecodeText(ReadOnlySpan<byte> value)
    {
        if (!value.Contains((byte)'%'))
            return Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : null;
        var scratch = ArrayPool<byte>.Shared.Rent(value.Length);
        var decoded = Decode(value, scratch);
        var text = Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
        ArrayPool<byte>.Shared.Return(scratch);
        return text;
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
