using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>The far end of a connection that speaks frames, on a bare socket.</summary>
internal sealed partial class FramePeer(TcpPeer tcp) : IDisposable
{
    public TcpPeer Tcp { get; } = tcp;

    public static async Task<FramePeer> ConnectAsync(int port, int receiveBuffer = 0) =>
        new(await TcpPeer.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), receiveBuffer));

    /// <summary>Connects and shakes hands; the response must be the one of PROTOCOL.md section 1, to the byte.</summary>
    public static async Task<FramePeer> OpenAsync(
        int port, string protocol = "Clusters", string host = "192.168.12.112:9292", string? lease = null, int receiveBuffer = 0)
    {
        var peer = await ConnectAsync(port, receiveBuffer);
        await peer.Tcp.SendAsync(Wire.Request(protocol, host, lease));
        var expected = Wire.Response(protocol, host);
        Assert.Equal(Encoding.ASCII.GetString(expected), Encoding.ASCII.GetString(await peer.Tcp.ReadExactlyAsync(expected.Length)));
        return peer;
    }

    /// <summary>Connects and upgrades to a WebSocket.</summary>
    public static async Task<FramePeer> UpgradeAsync(int port, string target = "/")
    {
        var peer = await ConnectAsync(port);
        await peer.Tcp.SendAsync(Wire.Upgrade(target));
        Assert.StartsWith("HTTP/1.1 101 ", await peer.ReadHeadAsync(), StringComparison.Ordinal);
        return peer;
    }

    public Task SendAsync(params byte[][] frames) => Tcp.SendAsync(frames.SelectMany(frame => frame).ToArray());

    public Task SendTextAsync(string text) => SendAsync(Wire.Text(text));

    public async Task<Frame> ReadAsync()
    {
        var start = await Tcp.ReadExactlyAsync(2);
        long length = start[1] & 0x7f;
        if (length == 126)
            length = BinaryPrimitives.ReadUInt16BigEndian(await Tcp.ReadExactlyAsync(2));
        else if (length == 127)
            length = BinaryPrimitives.ReadInt64BigEndian(await Tcp.ReadExactlyAsync(8));
        var masked = (start[1] & 0x80) != 0;
        var key = masked ? await Tcp.ReadExactlyAsync(4) : [0, 0, 0, 0];
        var payload = await Tcp.ReadExactlyAsync((int)length);
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= key[i % 4];
        return new Frame(start[0] & 0x0f, (start[0] & 0x80) != 0, masked, payload);
    }

    /// <summary>Reads the next whole, unmasked text message that is not about authority.</summary>
    public async Task<string> ReadTextAsync()
    {
        while (true)
        {
            var text = await ReadAnyTextAsync();
            if (!AboutAuthority().IsMatch(text))
                return text;
        }
    }

    /// <summary>Reads the next message of that action, and over everything before it.</summary>
    public async Task<Parameters> ReadNoticeAsync(int action)
    {
        while (true)
        {
            var message = new Parameters(await ReadAnyTextAsync());
            if (message["action"] == $"{action}")
                return message;
        }
    }

    /// <summary>Reads a whole, unmasked text message of any kind.</summary>
    public async Task<string> ReadAnyTextAsync()
    {
        var frame = await ReadAsync();
        Assert.Equal((Wire.TextOpcode, true, false), (frame.Opcode, frame.Fin, frame.Masked));
        return frame.Text;
    }

    /// <summary>
    /// Tells the far end that a worker of this address is here, and acknowledges the epoch of the holder, as the worker's fence would.
    /// From then on the holder commands it.
    /// </summary>
    /// <returns>The take that was acknowledged.</returns>
    public async Task<Parameters> JoinAsync(string address = "127.0.0.1:9999", string node = "w-1")
    {
        await SendTextAsync(Notices.Standing(address, node));
        var take = await ReadNoticeAsync(66);
        await SendTextAsync(Notices.Taken(take, address));

        // What comes behind it was taken after it.
        await AskAsync("action=9");
        return take;
    }

    /// <summary>Sends a request and reads its reply as parameters.</summary>
    public async Task<Parameters> AskAsync(string request)
    {
        await SendTextAsync(request);
        return new Parameters(await ReadTextAsync());
    }

    /// <summary>Reads a close frame, and sees the connection closed behind it.</summary>
    public async Task<Frame> ReadCloseAsync()
    {
        var frame = await ReadAsync();
        Assert.Equal((Wire.CloseOpcode, true, false), (frame.Opcode, frame.Fin, frame.Masked));
        Assert.True(await Tcp.IsEndedAsync(), "something came behind the close frame");
        return frame;
    }

    /// <summary>Reads up to the blank line of an HTTP head.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)(await Tcp.ReadExactlyAsync(1))[0]);
        return head.ToString();
    }

    /// <summary>Reads everything up to the end of the connection as text.</summary>
    public async Task<string> ReadToEndAsync() => Encoding.UTF8.GetString(await Tcp.ReadToEndAsync());

    public void Dispose() => Tcp.Dispose();

    [GeneratedRegex("^action=6[0-9]?(&|$)")]
    private static partial Regex AboutAuthority();
}
