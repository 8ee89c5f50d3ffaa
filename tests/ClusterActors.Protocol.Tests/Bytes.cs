using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClusterActors.Protocol.Tests;

/// <summary>Bytes as tests write them down.</summary>
internal static class Bytes
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static string Text(Action<IBufferWriter<byte>> write) => Encoding.UTF8.GetString(Written(write));

    /// <summary>Every way to cut the bytes in two, the uncut bytes, and the bytes one by one.</summary>
    public static IEnumerable<(string Name, byte[][] Segments)> Splits(byte[] bytes)
    {
        for (var at = 0; at <= bytes.Length; at++)
            yield return (string.Create(CultureInfo.InvariantCulture, $"cut at {at}"), [bytes[..at], bytes[at..]]);
        yield return ("byte by byte", [.. bytes.Select(b => new[] { b })]);
    }
}
