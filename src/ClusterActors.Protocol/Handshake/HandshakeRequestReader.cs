using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>
/// Reads what a dialer says first (PROTOCOL.md section 1): <c>CshBBrain</c>, <c>Host:</c>, <c>Key:</c>, <c>Protocol:</c>,
/// each line ended by CR LF or LF, no blank line, split anywhere.
/// </summary>
public static class HandshakeRequestReader
{
    private const int MaxHostLength = 255;

    private static readonly string[] KnownProtocols = [HandshakeRequest.Clusters, HandshakeRequest.CshBBrain];

    /// <summary>Reads one request from the start of <paramref name="input"/>; frames may follow it there.</summary>
    /// <param name="input">Everything received so far.</param>
    /// <param name="maxBytes">Most bytes a request may take (<see cref="HandshakeRequest.DefaultMaxBytes"/>).</param>
    /// <param name="request">The request, when done.</param>
    /// <param name="consumed">
    /// Bytes it took, when done. A line end that arrives after a request that was complete without it is left to
    /// <see cref="Frames.FrameRules.SkipLeadingLineEnds"/>.
    /// </param>
    /// <param name="reason">On a violation what was wrong and what would be right, for <see cref="HandshakeWriter.WriteRefusal"/>.</param>
    public static ReadStatus TryRead(
        ReadOnlySpan<byte> input, int maxBytes, out HandshakeRequest? request, out int consumed, out string? reason)
    {
        request = null;
        consumed = 0;
        var lines = new HandshakeLineReader(input[..Math.Min(input.Length, maxBytes)]);
        var status = Read(ref lines, out request);
        if (status == ReadStatus.NeedMore && input.Length >= maxBytes)
            status = lines.Refuse($"the handshake takes more than {maxBytes} bytes");
        if (status == ReadStatus.Done)
            consumed = lines.Position;
        reason = lines.Reason;
        return status;
    }

    private static ReadStatus Read(ref HandshakeLineReader lines, out HandshakeRequest? request)
    {
        request = null;
        string? host = null, key = null, lease = null;
        var status = lines.ReadFirstLine();
        while (status == ReadStatus.Done)
        {
            status = lines.ReadProtocol(KnownProtocols, out var isProtocol, out var protocol);
            if (isProtocol)
                return status == ReadStatus.Done ? Complete(ref lines, host, key, protocol!, lease, out request) : status;

            status = lines.ReadHeader(out var name, out var value);
            if (status == ReadStatus.Done)
                status = TakeHeader(ref lines, name, value, ref host, ref key, ref lease);
        }

        return status;
    }

    private static ReadStatus TakeHeader(
        ref HandshakeLineReader lines, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref string? host, ref string? key, ref string? lease)
    {
        if (value.ContainsAnyExceptInRange((byte)0x20, (byte)0x7e))
            return lines.Refuse($"{Encoding.ASCII.GetString(name)} {Wording.Quote(value)} is not plain ASCII");
        if (Ascii.EqualsIgnoreCase(name, "Host"u8))
        {
            if (value.IsEmpty || value.Length > MaxHostLength || value.Contains((byte)' '))
                return lines.Refuse($"Host {Wording.Quote(value)} is no address; it must be host or host:port of the dialer");
            host = Encoding.ASCII.GetString(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "Key"u8))
        {
            if (value.Length != HandshakeRequest.KeyLength || value.Contains((byte)' '))
                return lines.Refuse($"Key has {value.Length} characters; it must be {HandshakeRequest.KeyLength} random ones without spaces");
            key = Encoding.ASCII.GetString(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "Lease"u8))
        {
            if (!LeaseToken.IsValid(value))
                return lines.Refuse($"Lease {Wording.Quote(value)} is no token; it must be {LeaseToken.Form}");
            lease = Encoding.ASCII.GetString(value);
        }

        return ReadStatus.Done;
    }

    private static ReadStatus Complete(
        ref HandshakeLineReader lines, string? host, string? key, string protocol, string? lease, out HandshakeRequest? request)
    {
        request = null;
        if (host is null)
            return lines.Refuse("there is no Host line; it must stand before Protocol and name the dialer's own address");
        if (key is null)
            return lines.Refuse($"there is no Key line; it must stand before Protocol and hold {HandshakeRequest.KeyLength} random characters");
        request = new HandshakeRequest(host, key, protocol, lease);
        return ReadStatus.Done;
    }
}
