using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace ClusterActors.Protocol.Frames;

/// <summary>Writes frames (PROTOCOL.md section 2, RFC 6455 section 5.2), lengths always in their shortest form.</summary>
public static class FrameWriter
{
    private const int MaxCloseReasonBytes = 123;

    /// <summary>Writes one unmasked frame, the form of links and of WebSocket servers.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="opcode">What the frame is.</param>
    /// <param name="payload">Its payload; at most 125 bytes in a control frame.</param>
    /// <param name="fin">False for a fragment that others follow.</param>
    public static void Write(IBufferWriter<byte> writer, Opcode opcode, ReadOnlySpan<byte> payload, bool fin = true)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var header = new FrameHeader(opcode, fin, payload.Length, null);
        var span = writer.GetSpan(header.Length + payload.Length);
        var length = WriteHeader(span, header);
        payload.CopyTo(span[length..]);
        writer.Advance(length + payload.Length);
    }

    /// <summary>Writes one masked frame with a fresh random key, the form of WebSocket clients (RFC 6455 section 5.3).</summary>
    public static void WriteMasked(IBufferWriter<byte> writer, Opcode opcode, ReadOnlySpan<byte> payload, bool fin = true)
    {
        var key = 0u;
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<uint>(ref key)));
        WriteMasked(writer, opcode, payload, key, fin);
    }

    /// <summary>Writes one masked frame with a given key.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="opcode">What the frame is.</param>
    /// <param name="payload">Its payload, not masked yet; it is left as it is.</param>
    /// <param name="maskingKey">The four bytes of the key in memory order.</param>
    /// <param name="fin">False for a fragment that others follow.</param>
    public static void WriteMasked(
        IBufferWriter<byte> writer, Opcode opcode, ReadOnlySpan<byte> payload, uint maskingKey, bool fin = true)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var header = new FrameHeader(opcode, fin, payload.Length, maskingKey);
        var span = writer.GetSpan(header.Length + payload.Length);
        var length = WriteHeader(span, header);
        var body = span.Slice(length, payload.Length);
        payload.CopyTo(body);
        FrameMask.Apply(body, maskingKey);
        writer.Advance(length + payload.Length);
    }

    /// <summary>Writes an unmasked close frame: <c>88 00</c> when no code is given.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="code">A code that <see cref="CloseCode.MayBeSent"/>.</param>
    /// <param name="reason">Words for the far end, cut to 123 bytes of UTF-8; only with a code.</param>
    public static void WriteClose(IBufferWriter<byte> writer, int? code = null, string? reason = null)
    {
        Span<byte> payload = stackalloc byte[2 + MaxCloseReasonBytes];
        Write(writer, Opcode.Close, payload[..FillClose(payload, code, reason)]);
    }

    /// <summary>Writes an unmasked ping.</summary>
    public static void WritePing(IBufferWriter<byte> writer, ReadOnlySpan<byte> payload = default) => Write(writer, Opcode.Ping, payload);

    /// <summary>Writes an unmasked pong; a pong that answers carries the payload of its ping.</summary>
    public static void WritePong(IBufferWriter<byte> writer, ReadOnlySpan<byte> payload = default) => Write(writer, Opcode.Pong, payload);

    /// <summary>Writes a header alone, for a payload that the caller puts behind it himself.</summary>
    /// <param name="destination">At least <see cref="FrameHeader.Length"/> bytes.</param>
    /// <param name="header">What to write.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">A control frame is fragmented or carries more than 125 bytes.</exception>
    public static int WriteHeader(Span<byte> destination, in FrameHeader header)
    {
        if (header.IsControl && (!header.Fin || header.PayloadLength > 125))
            throw new ArgumentException($"A {header.Opcode} frame is whole and carries at most 125 bytes, not {header.PayloadLength}.", nameof(header));

        destination[0] = (byte)((header.Fin ? 0x80 : 0) | (int)header.Opcode);
        var mask = header.MaskingKey.HasValue ? 0x80 : 0;
        switch (header.PayloadLength)
        {
            case <= 125:
                destination[1] = (byte)(mask | (int)header.PayloadLength);
                break;
            case <= ushort.MaxValue:
                destination[1] = (byte)(mask | 126);
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)header.PayloadLength);
                break;
            default:
                destination[1] = (byte)(mask | 127);
                BinaryPrimitives.WriteInt64BigEndian(destination[2..], header.PayloadLength);
                break;
        }

        if (header.MaskingKey is { } key)
            MemoryMarshal.Write(destination[(header.Length - 4)..], key);
        return header.Length;
    }

    private static int FillClose(Span<byte> payload, int? code, string? reason)
    {
        if (code is not { } sent)
            return 0;
        if (!CloseCode.MayBeSent(sent))
            throw new ArgumentOutOfRangeException(nameof(code), sent, "This close code must not be sent.");
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)sent);

        // Stops before the first character that does not fit, so what is sent stays UTF-8.
        Utf8.FromUtf16(reason, payload[2..], out _, out var written);
        return 2 + written;
    }
}
