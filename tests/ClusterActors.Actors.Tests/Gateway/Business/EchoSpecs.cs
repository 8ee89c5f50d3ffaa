using System.Net.WebSockets;
using System.Text;
using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.Business;

/// <summary>Clients of a business port with handler <c>echo</c>, which runs on the loops or on worker threads with the same result.</summary>
public abstract class EchoSpecs(string execution) : IAsyncLifetime
{
    private TestNode? _node;

    private int Port => _node!.BusinessPort;

    public async Task InitializeAsync() =>
        _node = await TestNode.StartAsync($"clustersSwitch = 0, worker {{ handler = echo, execution = {execution}, readerWriters = 2, threads = 2 }}");

    public async Task DisposeAsync() => await _node!.DisposeAsync();

    [Fact]
    public async Task A_raw_client_gets_every_message_back_unmasked()
    {
        using var client = await FramePeer.OpenAsync(Port);

        await client.SendAsync(Wire.Text("plain"), Wire.Masked("masked"), Wire.Frame(Wire.BinaryOpcode, [0, 255, 1]), Wire.Text(""));

        byte[] expected = [.. Wire.Text("plain"), .. Wire.Text("masked"), .. Wire.Frame(Wire.BinaryOpcode, [0, 255, 1]), .. Wire.Text("")];
        Assert.Equal(expected, await client.Tcp.ReadExactlyAsync(expected.Length));
    }

    [Fact]
    public async Task A_raw_client_may_send_messages_with_its_handshake_and_byte_by_byte()
    {
        using var client = await FramePeer.ConnectAsync(Port);

        await client.Tcp.SendSplitAsync((byte[])[.. Wire.Request(), .. Wire.Text("one"), .. Wire.Masked("two"), 0x88, 0x00], 1);

        byte[] expected = [.. Wire.Response(), .. Wire.Text("one"), .. Wire.Text("two"), 0x88, 0x00];
        Assert.Equal(expected, await client.Tcp.ReadToEndAsync());
    }

    [Fact]
    public async Task A_WebSocket_gets_text_and_binary_back_as_they_came()
    {
        using var client = await WebSocketPeer.ConnectAsync(Port);

        await client.SendTextAsync("grüße 你好");
        Assert.Equal("grüße 你好", await client.ReadTextAsync());

        await client.SendAsync(WebSocketMessageType.Binary, [1, 2, 3, 0]);
        var (type, payload) = await client.ReadAsync();
        Assert.Equal(WebSocketMessageType.Binary, type);
        Assert.Equal([1, 2, 3, 0], payload);
    }

    [Fact]
    public async Task A_WebSocket_may_send_a_message_in_fragments()
    {
        using var client = await WebSocketPeer.ConnectAsync(Port);

        await client.SendAsync(WebSocketMessageType.Text, "in "u8.ToArray(), last: false);
        await client.SendAsync(WebSocketMessageType.Text, "three "u8.ToArray(), last: false);
        await client.SendAsync(WebSocketMessageType.Text, "parts"u8.ToArray());

        Assert.Equal("in three parts", await client.ReadTextAsync());
    }

    [Fact]
    public async Task The_longest_message_comes_back_whole()
    {
        using var client = await WebSocketPeer.ConnectAsync(Port);
        var message = Enumerable.Range(0, 1028 * 1024).Select(i => (byte)(i * 31)).ToArray();

        await client.SendAsync(WebSocketMessageType.Binary, message);

        Assert.Equal(message, (await client.ReadAsync()).Payload);
    }

    [Fact]
    public async Task One_byte_more_is_closed_as_too_big()
    {
        using var client = await FramePeer.UpgradeAsync(Port);

        await client.Tcp.SendAsync((byte[])[0x82, 0xff, 0, 0, 0, 0, 0, 0x10, 0x10, 1, 1, 2, 3, 4]);

        Assert.Equal(1009, (await client.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task Replies_to_messages_in_a_row_keep_their_order()
    {
        using var client = await FramePeer.OpenAsync(Port);
        var messages = Enumerable.Range(0, 3000).Select(i => $"message {i}").ToArray();

        var sending = client.SendAsync([.. messages.Select(Wire.Text)]);

        foreach (var message in messages)
            Assert.Equal(message, await client.ReadTextAsync());
        await sending;
    }

    [Fact]
    public async Task A_ping_between_messages_is_answered()
    {
        using var client = await FramePeer.UpgradeAsync(Port);

        await client.SendAsync(
            Wire.Masked("before"), Wire.Frame(Wire.PingOpcode, "you there?"u8, masked: true), Wire.Masked("behind"));

        // The pong overtakes messages that a worker thread has; it belongs to none of them (RFC 6455 section 5.5.2).
        var frames = new[] { await client.ReadAsync(), await client.ReadAsync(), await client.ReadAsync() };
        Assert.Equal(["before", "behind"], frames.Where(frame => frame.Opcode == Wire.TextOpcode).Select(frame => frame.Text));
        Assert.Equal(["you there?"], frames.Where(frame => frame.Opcode == Wire.PongOpcode).Select(frame => frame.Text));
    }

    [Fact]
    public async Task A_WebSocket_that_closes_sees_its_status_come_back()
    {
        using var client = await WebSocketPeer.ConnectAsync(Port);
        await client.SendTextAsync("x");
        await client.ReadTextAsync();

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done");

        Assert.Equal((WebSocketState.Closed, WebSocketCloseStatus.NormalClosure), (client.Socket.State, client.Socket.CloseStatus));
    }

    [Fact]
    public async Task Messages_before_a_close_are_answered_before_it()
    {
        using var client = await FramePeer.OpenAsync(Port);

        await client.SendAsync(Wire.Text("last"), [0x88, 0x00]);

        Assert.Equal((byte[])[.. Wire.Text("last"), 0x88, 0x00], await client.Tcp.ReadToEndAsync());
    }

    [Fact]
    public async Task Messages_before_a_violation_are_answered_before_its_close()
    {
        using var client = await FramePeer.UpgradeAsync(Port);

        await client.SendAsync(Wire.Masked("last"), Wire.Text("not masked"));

        Assert.Equal("last", await client.ReadTextAsync());
        Assert.Equal(1002, (await client.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_client_that_sends_no_more_still_gets_its_answers()
    {
        using var client = await FramePeer.OpenAsync(Port);

        await client.SendTextAsync("last");
        client.Tcp.FinishSending();

        Assert.Equal(Wire.Text("last"), await client.Tcp.ReadToEndAsync());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 426 ")] // a browser without WebSocket
    [InlineData("GET /favicon.ico HTTP/1.0\r\n\r\n", "HTTP/1.1 426 ")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 405 ")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", "HTTP/1.1 426 ")]
    public async Task Plain_HTTP_gets_a_readable_answer(string request, string status)
    {
        using var client = await FramePeer.ConnectAsync(Port);

        await client.Tcp.SendAsync(Encoding.ASCII.GetBytes(request));

        var answer = await client.ReadToEndAsync();
        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Split("\r\n\r\n")[1]);
    }

    [Fact]
    public async Task A_bad_opening_is_refused_in_the_words_of_the_handshake()
    {
        using var client = await FramePeer.ConnectAsync(Port);

        await client.Tcp.SendAsync("SSH-2.0-OpenSSH_9.9\r\n"u8.ToArray());

        Assert.StartsWith("CshBBrain\r\nError:", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_clients_at_once_get_their_own_messages()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            using var client = await FramePeer.OpenAsync(Port);
            for (var i = 0; i < 25; i++)
            {
                await client.SendTextAsync($"{number}: {i}");
                Assert.Equal($"{number}: {i}", await client.ReadTextAsync());
            }
        }));
    }
}
