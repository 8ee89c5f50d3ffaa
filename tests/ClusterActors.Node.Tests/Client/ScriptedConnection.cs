using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ClusterActors.Node.Tests.Client;

/// <summary>
/// The listener's end of a connection, written from PROTOCOL.md without the product's codec so that the two cannot be wrong
/// together.
/// </summary>
internal sealed class ScriptedConnection(Socket socket, CancellationToken cancellation) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public void Dispose() => _stream.Dispose();

    /// <summary>Reads a handshake request: the values of its lines by name.</summary>
    public async Task<Dictionary<string, string>> ReadHandshakeAsync()
    {
        var text = "";
        while (!text.Contains("Protocol:", StringComparison.Ordinal) || !text.EndsWith("\r\n", StringComparison.Ordinal))
            text += Encoding.ASCII.GetString(await ReadAsync(1));
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("CshBBrain", lines[0]);
        return lines.Skip(1).ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>Reads a handshake request and accepts it.</summary>
    public async Task<Dictionary<string, string>> AcceptAsync()
    {
        var request = await ReadHandshakeAsync();
        await SendAsync(Response(request, request["Protocol"]));
        return request;
    }

    /// <summary>What a listener answers to a request.</summary>
    public static byte[] Response(Dictionary<string, string> request, string protocol) =>
        Encoding.ASCII.GetBytes($"CshBBrain\r\nHost:{request["Host"]}\r\nAccept:{AcceptFor(request["Key"])}\r\nProtocol:{protocol}\r\n");

    /// <summary>An unmasked frame.</summary>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload)
    {
        byte[] header = payload.Length switch
        {
            <= 125 => [first, (byte)payload.Length],
            <= ushort.MaxValue => [first, 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [first, 127, 0, 0, 0, 0, 0, 0, 0, 0],
        };
        if (payload.Length > ushort.MaxValue)
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), payload.Length);
        return [.. header, .. payload];
    }

    /// <summary>An unmasked text frame.</summary>
    public static byte[] Text(string payload) => Frame(0x81, Encoding.UTF8.GetBytes(payload));

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes, cancellation).AsTask();

    public Task SendTextAsync(string payload) => SendAsync(Text(payload));

    /// <summary>Reads one unmasked frame with a short payload: its first byte and its payload.</summary>
    public async Task<(byte First, string Payload)> ReadFrameAsync()
    {
        var head = await ReadAsync(2);
        Assert.InRange(head[1], 0, 125);
        return (head[0], Encoding.UTF8.GetString(await ReadAsync(head[1])));
    }

    /// <summary>Reads one text frame.</summary>
    public async Task<string> ReadTextAsync()
    {
        var (first, payload) = await ReadFrameAsync();
        Assert.Equal(0x81, first);
        return payload;
    }

    /// <summary>Reads exactly so many bytes.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    /// <summary>Waits until the dialer ends the connection and answers all it sent before.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all, cancellation);
        }
        catch (IOException)
        {
            // A reset is an end too.
        }

        return all.ToArray();
    }

    /// <summary>Answers a close the way PROTOCOL.md section 2 wants it, after waiting for it.</summary>
    public async Task FinishAsync()
    {
        Assert.Equal([0x88, 0x00], await ReadAsync(2));
        await SendAsync([0x88, 0x00]);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The protocol prescribes SHA-1.")]
    private static string AcceptFor(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
