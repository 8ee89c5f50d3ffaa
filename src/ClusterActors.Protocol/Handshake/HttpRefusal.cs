using System.Globalization;

namespace ClusterActors.Protocol.Handshake;

/// <summary>The HTTP answer to an opening that does not become a WebSocket (PROTOCOL.md section 7). The connection is closed after it.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Phrase">Reason phrase of the status line.</param>
/// <param name="Text">One sentence for the person who reads the answer.</param>
public sealed record HttpRefusal(int Status, string Phrase, string Text)
{
    /// <summary>Headers that belong to this status, as <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>503: the server has as many clients as it takes.</summary>
    /// <param name="retryAfterSeconds">When to come back, in seconds.</param>
    public static HttpRefusal ServerFull(int retryAfterSeconds) =>
        new(503, "Service Unavailable", "This server is full. Ask a manager for another one or come back later.")
        {
            Headers = [string.Create(CultureInfo.InvariantCulture, $"Retry-After: {retryAfterSeconds}")],
        };

    internal static HttpRefusal Malformed(string text) => new(400, "Bad Request", text);

    internal static HttpRefusal MethodNotAllowed(string method) =>
        new(405, "Method Not Allowed", $"{method} is not served here; a WebSocket opens with GET.") { Headers = ["Allow: GET"] };

    internal static HttpRefusal HeadTooLarge(int maxBytes) =>
        new(431, "Request Header Fields Too Large", $"The request head takes more than {maxBytes} bytes.");

    internal static HttpRefusal VersionNotSupported(string version) =>
        new(505, "HTTP Version Not Supported", $"{version} is not spoken here; use HTTP/1.1.");

    // RFC 9110 section 15.5.22 wants Upgrade in every 426, RFC 6455 section 4.4 the version we speak.
    internal static HttpRefusal UpgradeRequired(string text) =>
        new(426, "Upgrade Required", text) { Headers = ["Upgrade: websocket", "Sec-WebSocket-Version: 13"] };
}
