using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>
/// Reads the listener's answer on the dialer's side (PROTOCOL.md section 1): <c>CshBBrain</c>, <c>Host:</c> (may be missing),
/// <c>Accept:</c>, <c>Protocol:</c>; or <c>CshBBrain</c>, <c>Error:</c>.
/// </summary>
public static class HandshakeResponseReader
{
    /// <summary>Reads one response from the start of <paramref name="input"/>; frames may follow it there.</summary>
    /// <param name="input">Everything received so far.</param>
    /// <param name="sent">The request this answers; <c>Accept</c> is verified against its key in constant time.</param>
    /// <param name="maxBytes">Most bytes a response may take (<see cref="HandshakeRequest.DefaultMaxBytes"/>).</param>
    /// <param name="response">The response, when done.</param>
    /// <param name="consumed">Bytes it took, when done; a line end that arrives later is left to the frame reader.</param>
    /// <param name="reason">On a violation what was wrong; when the far end refused, its own words.</param>
    public static ReadStatus TryRead(
        ReadOnlySpan<byte> input,
        HandshakeRequest sent,
        int maxBytes,
        out HandshakeResponse? response,
        out int consumed,
        out string? reason)
    {
        response = null;
        consumed = 0;
        var lines = new HandshakeLineReader(input[..Math.Min(input.Length, maxBytes)]);
        var status = Read(ref lines, sent, out response);
        if (status == ReadStatus.NeedMore && input.Length >= maxBytes)
            status = lines.Refuse($"the handshake response takes more than {maxBytes} bytes");
        if (status == ReadStatus.Done)
            consumed = lines.Position;
        reason = lines.Reason;
        return status;
    }

    private static ReadStatus Read(ref HandshakeLineReader lines, HandshakeRequest sent, out HandshakeResponse? response)
    {
        response = null;
        string? host = null;
        var accepted = false;
        var status = lines.ReadFirstLine();
        while (status == ReadStatus.Done)
        {
            status = lines.ReadProtocol([sent.Protocol], out var isProtocol, out var protocol);
            if (isProtocol && status == ReadStatus.Done)
                return Complete(ref lines, sent, host, accepted, protocol!, out response);
            if (isProtocol)
                return status;

            status = lines.ReadHeader(out var name, out var value);
            if (status != ReadStatus.Done)
                return status;
            if (Ascii.EqualsIgnoreCase(name, "Error"u8))
                return lines.Refuse($"refused by the far end: {Wording.WithoutControls(Encoding.UTF8.GetString(value))}");
            if (Ascii.EqualsIgnoreCase(name, "Host"u8))
                host = Encoding.UTF8.GetString(value);
            if (!Ascii.EqualsIgnoreCase(name, "Accept"u8))
                continue;
            accepted = HandshakeKey.IsAcceptFor(sent.Key, value);
            if (!accepted)
                return lines.Refuse($"Accept {Wording.Quote(value)} does not answer the key that was sent");
        }

        return status;
    }

    private static ReadStatus Complete(
        ref HandshakeLineReader lines, HandshakeRequest sent, string? host, bool accepted, string protocol, out HandshakeResponse? response)
    {
        response = null;
        if (!accepted)
            return lines.Refuse("there is no Accept line; it must stand before Protocol");
        var lowered = protocol != sent.Protocol && !protocol.Any(char.IsAsciiLetterUpper);
        response = new HandshakeResponse(host, protocol, lowered);
        return ReadStatus.Done;
    }
}
