using System.Buffers.Binary;
using System.Text;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>Frames and handshakes written by hand, so that a fault of the product's codec cannot hide itself.</summary>
internal static class Wire
{
    public const int TextOpcode = 1;
    public const int BinaryOpcode = 2;
    public const int CloseOpcode = 8;
    public const int PingOpcode = 9;
    public const int PongOpcode = 10;

    /// <summary>The key and answer of the requirements.</summary>
    public const string Key = "4tAjitqO9So2Wu8lkrsq3w==";
    public const string Accept = "bEVeGLZrb9fS3Rj8WzExJdCsedg=";

    /// <summary>The reply to a good report, byte for byte.</summary>
    public static byte[] Done { get; } = [0x81, 0x0b, .. "action=1000"u8];

    public static byte[] Request(string protocol = "Clusters", string host = "192.168.12.112:9292", string? lease = null) =>
        Ascii($"CshBBrain\r\nHost:{host}\r\nKey:{Key}\r\n{(lease is null ? "" : $"Lease:{lease}\r\n")}Protocol:{protocol}\r\n");

    public static byte[] Response(string protocol = "Clusters", string host = "192.168.12.112:9292") =>
        Ascii($"CshBBrain\r\nHost:{host}\r\nAccept:{Accept}\r\nProtocol:{protocol}\r\n");

    public static byte[] Upgrade(string target = "/") => Ascii(
        $"GET {target} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");

    public static byte[] Text(string text) => Frame(TextOpcode, Encoding.UTF8.GetBytes(text));

    public static byte[] Masked(string text) => Frame(TextOpcode, Encoding.UTF8.GetBytes(text), masked: true);

    public static byte[] Close(int code, string reason = "") => Frame(CloseOpcode, ClosePayload(code, reason));

    public static byte[] ClosePayload(int code, string reason = "") => [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)];

    public static byte[] Frame(int opcode, ReadOnlySpan<byte> payload, bool fin = true, bool masked = false)
    {
        var bytes = new List<byte> { (byte)((fin ? 0x80 : 0) | opcode) };
        var mask = masked ? 0x80 : 0;
        var extended = new byte[8];
        switch (payload.Length)
        {
            case < 126:
                bytes.Add((byte)(mask | payload.Length));
                break;
            case <= 0xffff:
                BinaryPrimitives.WriteUInt16BigEndian(extended, (ushort)payload.Length);
                bytes.AddRange([(byte)(mask | 126), extended[0], extended[1]]);
                break;
            default:
                BinaryPrimitives.WriteInt64BigEndian(extended, payload.Length);
                bytes.AddRange([(byte)(mask | 127), .. extended]);
                break;
        }

        byte[] key = masked ? [0x37, 0xfa, 0x21, 0x3d] : [0, 0, 0, 0];
        if (masked)
            bytes.AddRange(key);
        for (var i = 0; i < payload.Length; i++)
            bytes.Add((byte)(payload[i] ^ key[i % 4]));
        return [.. bytes];
    }

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
