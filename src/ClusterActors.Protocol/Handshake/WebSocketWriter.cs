using System.Buffers;
using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>Answers an HTTP opening of a business port (PROTOCOL.md section 7, RFC 6455 section 4.2.2).</summary>
public static class WebSocketWriter
{
    /// <summary>Writes 101 Switching Protocols. No subprotocol and no extension is chosen.</summary>
    public static void WriteAccept(IBufferWriter<byte> writer, WebSocketUpgrade upgrade)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(upgrade);
        writer.Write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "u8);
        writer.WriteUtf8(HandshakeKey.AcceptFor(upgrade.Key));
        writer.Write("\r\n\r\n"u8);
    }

    /// <summary>Writes a short readable answer in plain text; the connection is closed after it.</summary>
    public static void WriteRefusal(IBufferWriter<byte> writer, HttpRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(refusal);
        var body = Wording.WithoutControls(refusal.Text);
        writer.Write("HTTP/1.1 "u8);
        writer.WriteNumber(refusal.Status);
        writer.WriteUtf8($" {refusal.Phrase}\r\n");
        foreach (var header in refusal.Headers)
            writer.WriteUtf8($"{header}\r\n");

        // A hop-by-hop header must be named in Connection (RFC 9110 section 7.6.1).
        writer.Write(refusal.Status == 426 ? "Connection: Upgrade, close\r\n"u8 : "Connection: close\r\n"u8);
        writer.Write("Content-Type: text/plain; charset=utf-8\r\nContent-Length: "u8);
        writer.WriteNumber(Encoding.UTF8.GetByteCount(body) + 1);
        writer.Write("\r\n\r\n"u8);
        writer.WriteUtf8(body);
        writer.Write("\n"u8);
    }
}
