using System.Buffers.Text;
using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>
/// Reads an HTTP opening of a business port and checks it as RFC 6455 section 4.2.1 says (PROTOCOL.md section 7).
/// Whatever is no good upgrade gets a short readable answer.
/// </summary>
public static class WebSocketUpgradeReader
{
    /// <summary>Reads one request head from the start of <paramref name="input"/>; frames may follow it there.</summary>
    /// <param name="input">Everything received so far.</param>
    /// <param name="maxBytes">Most bytes a head may take (<see cref="WebSocketUpgrade.DefaultMaxBytes"/>).</param>
    /// <param name="upgrade">The request, when done.</param>
    /// <param name="consumed">Bytes it took, when done.</param>
    /// <param name="refusal">On a violation the answer for <see cref="WebSocketWriter.WriteRefusal"/>.</param>
    public static ReadStatus TryRead(
        ReadOnlySpan<byte> input, int maxBytes, out WebSocketUpgrade? upgrade, out int consumed, out HttpRefusal? refusal)
    {
        upgrade = null;
        refusal = null;
        consumed = 0;
        var seen = input[..Math.Min(input.Length, maxBytes)];
        var length = HttpHeadReader.LengthOf(seen);
        if (length == 0 && input.Length < maxBytes)
            return ReadStatus.NeedMore;

        refusal = length switch
        {
            0 => HttpRefusal.HeadTooLarge(maxBytes),
            < 0 => HttpRefusal.Malformed("Every line of a request head must end in CR LF."),
            _ => Check(seen[..length], out upgrade),
        };
        if (refusal is not null)
            return ReadStatus.Violation;
        consumed = length;
        return ReadStatus.Done;
    }

    private static HttpRefusal? Check(ReadOnlySpan<byte> bytes, out WebSocketUpgrade? upgrade)
    {
        upgrade = null;
        var head = new HttpHeadReader(bytes);
        if (!head.TryReadRequestLine(out var method, out var target, out var version))
            return HttpRefusal.Malformed("The request line must be: GET /path HTTP/1.1");

        var headers = new UpgradeHeaders();
        string? reason;
        while (head.TryReadHeader(out var name, out var value, out reason))
            headers.Take(name, value);
        if ((reason ?? headers.Duplicate) is { } wrong)
            return HttpRefusal.Malformed(wrong);
        if (!version.SequenceEqual("HTTP/1.1"u8) && !version.SequenceEqual("HTTP/1.0"u8))
            return HttpRefusal.VersionNotSupported(Encoding.ASCII.GetString(version));
        if (!method.SequenceEqual("GET"u8))
            return HttpRefusal.MethodNotAllowed(Encoding.ASCII.GetString(method));
        return CheckUpgrade(target, version, headers, out upgrade);
    }

    private static HttpRefusal? CheckUpgrade(
        ReadOnlySpan<byte> target, ReadOnlySpan<byte> version, UpgradeHeaders headers, out WebSocketUpgrade? upgrade)
    {
        upgrade = null;

        // HTTP/1.0 knows no upgrade (RFC 9110 section 7.8), so such a request is a plain one whatever it says.
        if (!headers.UpgradesToWebSocket || version.EndsWith("0"u8))
            return HttpRefusal.UpgradeRequired("This port speaks WebSocket; open it with ws://, not http://.");
        if (headers.Host is not { Length: > 0 } host)
            return HttpRefusal.Malformed("There is no Host header.");
        if (!headers.ConnectionUpgrades)
            return HttpRefusal.Malformed("The Connection header must name Upgrade.");
        if (headers.HasBody)
            return HttpRefusal.Malformed("An upgrade request must not have a body.");
        if (headers.Version != "13")
            return HttpRefusal.UpgradeRequired("This port speaks WebSocket version 13 (RFC 6455).");
        if (headers.Key is not { } key || !IsKey(key))
            return HttpRefusal.Malformed("Sec-WebSocket-Key must be 16 bytes in base64.");
        if (!RequestTarget.TryParse(target, out var path, out var lease, out var reason))
            return HttpRefusal.Malformed(reason!);
        upgrade = new WebSocketUpgrade(path!, host, key, lease, headers.Origin);
        return null;
    }

    private static bool IsKey(string key) => key.Length == 24 && Base64.IsValid(key, out var bytes) && bytes == 16;
}
