using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClusterActors.Protocol.Messages;

/// <summary>What existing CshBBrain (Java) servers say and can bear (PROTOCOL.md section 5).</summary>
public static class CshBBrainCompat
{
    private const int ByteLength = 127;
    private const int FirstNegativeLength = 32_768;
    private const int LastNegativeLength = 65_533;

    private static readonly byte[] Failed = Encoding.UTF8.GetBytes("500处理失败了");
    private static readonly byte[] NoAction = Encoding.UTF8.GetBytes("没有指明的请求操作，请求中必须指明action类型");

    /// <summary>Writes an allocation in their form, <c>{ip:'1.2.3.4',port:7070}</c>, as a payload.</summary>
    /// <exception cref="ArgumentException">The address holds a quote.</exception>
    public static void WriteAllocation(IBufferWriter<byte> writer, string ip, int port)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(ip);
        if (ip.Contains('\'', StringComparison.Ordinal))
            throw new ArgumentException("An address holds no quote.", nameof(ip));
        writer.WriteUtf8(string.Create(CultureInfo.InvariantCulture, $"{{ip:'{ip}',port:{port}}}"));
    }

    /// <summary>Reads an allocation in their form.</summary>
    /// <param name="payload">Payload of a text frame.</param>
    /// <param name="ip">Address of the worker.</param>
    /// <param name="port">Its business port.</param>
    public static bool TryReadAllocation(ReadOnlySpan<byte> payload, out string ip, out int port)
    {
        (ip, port) = ("", 0);
        var open = "{ip:'"u8;
        var middle = "',port:"u8;
        if (!payload.StartsWith(open) || payload[^1] != '}')
            return false;
        var rest = payload[open.Length..^1];
        var end = rest.IndexOf(middle);
        if (end < 1
            || rest[..end].ContainsAnyExceptInRange((byte)0x21, (byte)0x7e)
            || !NumberReading.TryReadWhole(rest[(end + middle.Length)..], 65535, out var number)
            || number == 0)
            return false;
        (ip, port) = (Encoding.ASCII.GetString(rest[..end]), (int)number);
        return true;
    }

    /// <summary>Recognises their two answers to a request that failed, and says in English what they mean.</summary>
    /// <param name="payload">Payload of a text frame.</param>
    /// <param name="reason">What went wrong there.</param>
    public static bool TryReadFailure(ReadOnlySpan<byte> payload, out string? reason)
    {
        reason = payload.SequenceEqual(Failed) ? "the CshBBrain server could not process the request"
            : payload.SequenceEqual(NoAction) ? "the CshBBrain server found no action in the request"
            : null;
        return reason is not null;
    }

    /// <summary>
    /// Bytes of padding a parameter payload of this length needs: their reader takes a length of 127 for the 64-bit form and
    /// lengths of 32,768-65,533 for negative ones.
    /// </summary>
    /// <param name="payloadLength">Payload in bytes.</param>
    /// <returns>0 when none is needed, otherwise 4 or more.</returns>
    public static int PaddingFor(int payloadLength) => payloadLength switch
    {
        ByteLength => 4,
        >= FirstNegativeLength and <= LastNegativeLength => Math.Max(4, LastNegativeLength + 1 - payloadLength),
        _ => 0,
    };

    /// <summary>Writes the padding behind a parameter payload: <c>&amp;x=1</c> with as many digits as it takes.</summary>
    /// <param name="writer">Where to, directly behind the payload.</param>
    /// <param name="payloadLength">Length of the payload in bytes.</param>
    public static void WritePadding(IBufferWriter<byte> writer, int payloadLength)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var length = PaddingFor(payloadLength);
        if (length == 0)
            return;
        var span = writer.GetSpan(length)[..length];
        "&x="u8.CopyTo(span);
        span["&x=".Length..].Fill((byte)'1');
        writer.Advance(length);
    }
}
