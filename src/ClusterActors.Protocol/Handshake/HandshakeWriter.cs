using System.Buffers;
using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>Writes the handshake of PROTOCOL.md section 1. Each method writes what must leave in one segment (section 5).</summary>
public static class HandshakeWriter
{
    // With "CshBBrain", "Error:" and two line ends it stays well under what a dialer reads.
    private const int MaxReasonLength = 400;

    /// <summary>Writes a request: <c>CshBBrain</c>, <c>Host</c>, <c>Key</c>, <c>Lease</c> when there is one, <c>Protocol</c>.</summary>
    /// <exception cref="ArgumentException">A value cannot stand in a header, or the lease is no token.</exception>
    public static void WriteRequest(IBufferWriter<byte> writer, HandshakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(request);
        ThrowUnlessHeaderValue(request.Host);
        ThrowUnlessHeaderValue(request.Key);
        ThrowUnlessHeaderValue(request.Protocol);
        if (request.Key.Length != HandshakeRequest.KeyLength)
            throw new ArgumentException($"A key has {HandshakeRequest.KeyLength} characters, not {request.Key.Length}.", nameof(request));
        if (request.Lease is not null && !LeaseToken.IsValid(request.Lease))
            throw new ArgumentException($"A lease is {LeaseToken.Form}.", nameof(request));

        writer.Write("CshBBrain\r\n"u8);
        WriteHeader(writer, "Host:"u8, request.Host);
        WriteHeader(writer, "Key:"u8, request.Key);
        if (request.Lease is not null)
            WriteHeader(writer, "Lease:"u8, request.Lease);
        WriteHeader(writer, "Protocol:"u8, request.Protocol);
    }

    /// <summary>
    /// Writes the answer to a good request: <c>CshBBrain</c>, <c>Host</c> and <c>Protocol</c> as received around
    /// <c>Accept</c>. It must be sent alone: an existing CshBBrain server loses a frame that comes in the same segment.
    /// </summary>
    public static void WriteResponse(IBufferWriter<byte> writer, HandshakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(request);
        ThrowUnlessHeaderValue(request.Host);
        ThrowUnlessHeaderValue(request.Protocol);

        writer.Write("CshBBrain\r\n"u8);
        WriteHeader(writer, "Host:"u8, request.Host);
        WriteHeader(writer, "Accept:"u8, HandshakeKey.AcceptFor(request.Key));
        WriteHeader(writer, "Protocol:"u8, request.Protocol);
    }

    /// <summary>Writes <c>CshBBrain</c>, <c>Error:</c> and the reason in words; the connection is closed after it.</summary>
    public static void WriteRefusal(IBufferWriter<byte> writer, string reason)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(reason);
        writer.Write("CshBBrain\r\n"u8);
        WriteHeader(writer, "Error:"u8, Wording.WithoutControls(reason.Length > MaxReasonLength ? reason[..MaxReasonLength] : reason));
    }

    private static void WriteHeader(IBufferWriter<byte> writer, ReadOnlySpan<byte> label, string value)
    {
        writer.Write(label);
        writer.WriteUtf8(value);
        writer.Write("\r\n"u8);
    }

    private static void ThrowUnlessHeaderValue(string value)
    {
        if (value.Length == 0 || !Ascii.IsValid(value) || value.Any(c => c is <= ' ' or (char)0x7f))
            throw new ArgumentException($"{Wording.Quote(value)} cannot stand in a handshake line: it must be ASCII without spaces or control characters.");
    }
}
