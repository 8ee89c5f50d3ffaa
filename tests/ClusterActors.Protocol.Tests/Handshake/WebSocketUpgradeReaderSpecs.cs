using System.Text;
using ClusterActors.Protocol.Handshake;

namespace ClusterActors.Protocol.Tests.Handshake;

public class WebSocketUpgradeReaderSpecs
{
    // RFC 6455 section 1.2, as a browser words it.
    private const string Example =
        "GET /chat?x=1&lease=tok_EN-9 HTTP/1.1\r\nHost: server.example.com\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://example.com\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private static (ReadStatus Status, WebSocketUpgrade? Upgrade, int Consumed, HttpRefusal? Refusal) Read(string text, int limit = WebSocketUpgrade.DefaultMaxBytes)
    {
        var status = WebSocketUpgradeReader.TryRead(Encoding.Latin1.GetBytes(text), limit, out var upgrade, out var consumed, out var refusal);
        return (status, upgrade, consumed, refusal);
    }

    private static string Change(string from, string to)
    {
        Assert.Contains(from, Example, StringComparison.Ordinal);
        return Example.Replace(from, to, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_RFC_6455_is_read_and_accepted()
    {
        var (status, upgrade, consumed, _) = Read(Example);

        Assert.Equal((ReadStatus.Done, Example.Length), (status, consumed));
        Assert.Equal(new WebSocketUpgrade("/chat", "server.example.com", "dGhlIHNhbXBsZSBub25jZQ==", "tok_EN-9", "http://example.com"), upgrade);
        Assert.Equal(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
            Bytes.Text(w => WebSocketWriter.WriteAccept(w, upgrade!)));
    }

    [Fact]
    public void Each_prefix_needs_more_and_what_follows_is_left()
    {
        for (var length = 0; length < Example.Length; length++)
            Assert.Equal(ReadStatus.NeedMore, Read(Example[..length]).Status);
        Assert.Equal((ReadStatus.Done, Example.Length), (Read(Example + "\u0081\u0080").Status, Read(Example + "\u0081\u0080").Consumed));
    }

    public static TheoryData<string> Accepted =>
    [
        Change("Upgrade: websocket", "UPGRADE: WebSocket"),                          // names and tokens in any case
        Change("Upgrade: websocket", "Upgrade: foo/1, websocket"),                   // a list
        Change("Upgrade: websocket", "Upgrade: foo\r\nUpgrade:\twebsocket \t"),      // a list over two lines, white space
        Change("keep-alive, Upgrade", "upgrade"),
        Change("Connection: keep-alive, Upgrade", "Connection: keep-alive\r\nConnection: Upgrade"),
        Change("GET /chat", "GET http://server.example.com/chat"),                   // absolute form, RFC 9112 section 3.2.2
        Change("Origin: http://example.com", "X-Anything: ü\u00ff"),                 // obs-text in a value
        Change("Origin: http://example.com", "Content-Length: 0"),
    ];

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Forms_that_are_allowed(string text) => Assert.Null(Read(text).Refusal);

    [Theory]
    [InlineData("/", "/", null)]
    [InlineData("/?lease=A", "/", "A")]
    [InlineData("/a/b?x=1&y", "/a/b", null)]
    [InlineData("/a%20b?release=1", "/a%20b", null)] // another name that ends in lease
    public void Path_and_lease_come_from_the_target(string target, string path, string? lease)
    {
        var upgrade = Read(Change("/chat?x=1&lease=tok_EN-9", target)).Upgrade!;
        Assert.Equal((path, lease), (upgrade.Path, upgrade.Lease));
    }

    public static TheoryData<string, int, string> Refused => new()
    {
        { "GET / HTTP/1.1\r\nHost: h\r\n\r\n", 426, "This port speaks WebSocket" },                              // a plain page
        { "GET / HTTP/1.0\r\n\r\n", 426, "This port speaks WebSocket" },                                         // an old one, without Host
        { Change("HTTP/1.1", "HTTP/1.0"), 426, "This port speaks WebSocket" },                                   // 1.0 knows no upgrade
        { Change("Upgrade: websocket", "Upgrade: h2c"), 426, "This port speaks WebSocket" },
        { Change("Upgrade: websocket", "Upgrade: xwebsocket"), 426, "This port speaks WebSocket" },              // a part is not the token
        { Change("Version: 13", "Version: 8"), 426, "version 13" },
        { Change("Sec-WebSocket-Version: 13\r\n", ""), 426, "version 13" },
        { Change("Version: 13", "Version: 013"), 426, "version 13" },
        { Change("GET", "POST"), 405, "POST is not served here" },
        { "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", 405, "HEAD is not served here" },
        { Change("HTTP/1.1", "HTTP/2.0"), 505, "HTTP/2.0 is not spoken here" },
        { Change("HTTP/1.1", "HTTP/1.12"), 400, "The request line must be" },
        { Change("HTTP/1.1", "http/1.1"), 400, "The request line must be" },
        { Change(" HTTP/1.1", ""), 400, "The request line must be" },
        { Change("GET /chat", "GET /ch at"), 400, "The request line must be" },
        { Change("GET /chat", "G\u00c4T /chat"), 400, "The request line must be" },
        { Change("GET /chat", "GET chat"), 400, "must be a path" },
        { Change("GET /chat", "GET http://host"), 400, "must be a path" },
        { "\r\n\r\n", 400, "The request line must be" },
        { Change("Host: server.example.com\r\n", ""), 400, "There is no Host header" },
        { Change("Host: server.example.com", "Host:"), 400, "There is no Host header" },
        { Change("Host: server.example.com", "Host: a\r\nhost: b"), 400, "The header Host comes twice" },
        { Change("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 13"), 400, "comes twice" },
        { Change("keep-alive, Upgrade", "keep-alive"), 400, "The Connection header must name Upgrade" },
        { Change("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ=="), 400, "16 bytes in base64" },                   // 10 bytes
        { Change("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ"), 400, "16 bytes in base64" },             // no padding
        { Change("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j!!=="), 400, "16 bytes in base64" },
        { Change("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""), 400, "16 bytes in base64" },
        { Change("Origin: http://example.com", "Content-Length: 5"), 400, "must not have a body" },
        { Change("Origin: http://example.com", "Transfer-Encoding: chunked"), 400, "must not have a body" },
        { Change("Origin: http://example.com", " folded"), 400, "is folded" },                                   // obsolete folding
        { Change("Origin: http://example.com", "\tfolded"), 400, "is folded" },
        { Change("Origin: http", "Origin : http"), 400, "is not Name: value" },                                  // space ahead of the colon
        { Change("Origin: http", "no colon here"), 400, "is not Name: value" },
        { Change("Origin: http", "Origin: \0http"), 400, "The header Origin holds a control character" },
        { Change("Origin: http", "Origin: a\rb"), 400, "must end in CR LF" },                                    // bare CR
        { "GET / HTTP/1.1\n", 400, "must end in CR LF" },                                                        // bare LF, at once
        { Change("tok_EN-9", "no%20token"), 400, "lease 'no%20token' is no token" },
        { Change("tok_EN-9", ""), 400, "lease '' is no token" },
        { Change("x=1", "lease=a"), 400, "lease twice" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Each_is_refused_with_its_status_and_in_words(string text, int status, string words)
    {
        var (read, upgrade, consumed, refusal) = Read(text);

        Assert.Equal((ReadStatus.Violation, null, 0), (read, upgrade, consumed));
        Assert.Equal(status, refusal!.Status);
        Assert.Contains(words, refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_over_the_limit_is_refused_as_soon_as_that_is_seen()
    {
        var text = "GET / HTTP/1.1\r\nX: " + new string('x', 9000);

        Assert.Equal(ReadStatus.NeedMore, Read(text[..8191]).Status);
        Assert.Equal(431, Read(text[..8192]).Refusal!.Status);
    }

    [Fact]
    public void A_head_of_exactly_the_limit_is_read() => Assert.Equal(ReadStatus.Done, Read(Example, Example.Length).Status);

    public class Refusals_on_the_wire
    {
        private static string Written(HttpRefusal refusal) => Bytes.Text(w => WebSocketWriter.WriteRefusal(w, refusal));

        [Fact]
        public void A_plain_page_is_told_what_the_port_speaks() =>
            Assert.Equal(
                "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nConnection: Upgrade, close\r\n" +
                "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 61\r\n\r\nThis port speaks WebSocket; open it with ws://, not http://.\n",
                Written(Read("GET / HTTP/1.1\r\nHost: h\r\n\r\n").Refusal!));

        [Fact]
        public void A_full_server_says_when_to_come_back() =>
            Assert.StartsWith(
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nConnection: close\r\n",
                Written(HttpRefusal.ServerFull(7)),
                StringComparison.Ordinal);

        [Fact]
        public void Another_method_is_told_the_one_that_is_served() =>
            Assert.Contains("\r\nAllow: GET\r\n", Written(Read(Change("GET", "PUT")).Refusal!), StringComparison.Ordinal);

        [Fact]
        public void The_length_counts_bytes_and_not_characters() =>
            Assert.Contains("\r\nContent-Length: 7\r\n\r\n字字\n", Written(new HttpRefusal(400, "Bad Request", "字字")), StringComparison.Ordinal);
    }
}
