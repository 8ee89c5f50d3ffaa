using ClusterActors.Actors.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

public sealed class OpeningSpecs(ManagerFixture manager) : IClassFixture<ManagerFixture>
{
    [Fact]
    public async Task The_handshake_of_the_requirements_is_answered_as_they_say()
    {
        using var peer = await FramePeer.ConnectAsync(manager.Port);

        await peer.Tcp.SendAsync("CshBBrain\r\nHost:192.168.12.112:9292\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\r\nProtocol:Clusters\r\n"u8.ToArray());

        var expected = "CshBBrain\r\nHost:192.168.12.112:9292\r\nAccept:bEVeGLZrb9fS3Rj8WzExJdCsedg=\r\nProtocol:Clusters\r\n"u8.ToArray();
        Assert.Equal(expected, await peer.Tcp.ReadExactlyAsync(expected.Length));
    }

    [Fact]
    public async Task A_last_line_without_its_end_is_answered_and_may_end_later()
    {
        using var peer = await FramePeer.ConnectAsync(manager.Port);
        await peer.Tcp.SendAsync(Wire.Request().AsMemory()[..^2]);
        Assert.Equal(Wire.Response(), await peer.Tcp.ReadExactlyAsync(Wire.Response().Length));

        await peer.SendAsync("\r\n"u8.ToArray(), Wire.Text("action=1"));

        Assert.Equal(Wire.Done, await peer.Tcp.ReadExactlyAsync(Wire.Done.Length));
    }

    [Fact]
    public async Task Frames_may_follow_in_the_segment_of_the_handshake()
    {
        using var peer = await FramePeer.ConnectAsync(manager.Port);

        await peer.SendAsync(Wire.Request(), Wire.Text("action=1"), Wire.Text("action=1&seq=7"), Wire.Frame(Wire.PingOpcode, "hey"u8));

        byte[] expected = [.. Wire.Response(), .. Wire.Done, .. Wire.Text("action=1000&seq=7"), .. Wire.Frame(Wire.PongOpcode, "hey"u8)];
        Assert.Equal(expected, await peer.Tcp.ReadExactlyAsync(expected.Length));
    }

    [Fact]
    public async Task A_whole_conversation_may_come_byte_by_byte()
    {
        using var peer = await FramePeer.ConnectAsync(manager.Port);
        byte[] sent =
        [
            .. Wire.Request(),
            .. Wire.Text("action=1&clientCount=3"),
            .. Wire.Masked("action=1&seq=masked"),
            .. Wire.Frame(Wire.TextOpcode, "action=1"u8, fin: false), // a message in fragments, with a ping between them
            .. Wire.Frame(Wire.PingOpcode, ""u8),
            .. Wire.Frame(0, "&seq=parts"u8),
            .. Wire.Text("action=77&seq=q"),
            .. Wire.Close(1000, "bye"),
        ];

        await peer.Tcp.SendSplitAsync(sent, 1);

        byte[] expected =
        [
            .. Wire.Response(),
            .. Wire.Done,
            .. Wire.Text("action=1000&seq=masked"),
            .. Wire.Frame(Wire.PongOpcode, ""u8),
            .. Wire.Text("action=1000&seq=parts"),
            .. Wire.Text("action=2000&seq=q&code=unknown-action&msg=action 77 is not known here"),
            .. Wire.Close(1000),
        ];
        Assert.Equal(expected, await peer.Tcp.ReadToEndAsync());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "CshBBrain")] // HTTP is told what is spoken here
    [InlineData("CshBrain\r\n", "first line")] // a slip in the first line
    [InlineData("CshBBrain\r\nHost:10.0.0.1\r\nProtocol:Clusters\r\n", "Key")] // no key
    [InlineData("CshBBrain\r\nHost:10.0.0.1\r\nKey:tooshort\r\nProtocol:Clusters\r\n", "24")] // a key of the wrong length
    [InlineData("CshBBrain\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\r\nProtocol:Clusters\r\n", "Host")] // no host
    [InlineData("CshBBrain\r\nHost:10.0.0.1\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\r\nProtocol:Websocket\r\n", "Websocket")] // another protocol
    [InlineData("CshBBrain\r\nHost:10.0.0.1\r\nHost:10.0.0.1\r\n", "Host")] // twice the same header
    [InlineData("CshBBrain\r\nHost 10.0.0.1\r\n", "colon")] // a line without a colon
    [InlineData("CshBBrain\r\nHost:10.0.0.1\r\n\r\n", "blank line")] // a blank line ends nothing
    public async Task A_bad_opening_is_refused_in_words_and_closed(string opening, string reason)
    {
        using var peer = await FramePeer.ConnectAsync(manager.Port);

        await peer.Tcp.SendAsync(Wire.Ascii(opening));

        var answer = await peer.ReadToEndAsync();
        Assert.StartsWith("CshBBrain\r\nError:", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(reason, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_opening_over_the_limit_is_refused_before_it_ends()
    {
        using var peer = await FramePeer.ConnectAsync(manager.Port);

        await peer.Tcp.SendAsync(Wire.Ascii($"CshBBrain\r\nHost:10.0.0.1\r\nFiller:{new string('x', 1100)}"));

        Assert.Contains("1024 bytes", await peer.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_logged_with_its_reason()
    {
        using var peer = await FramePeer.ConnectAsync(manager.Port);

        await peer.Tcp.SendAsync(Wire.Ascii("CshBBrain\r\nHost:10.0.0.1\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\r\nProtocol:Teapot\r\n"));

        await manager.Node.HasLoggedAsync("Teapot");
    }

    [Fact]
    public async Task An_opening_that_does_not_end_is_refused_when_its_time_is_over()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartManagerAsync(time: time);
        using var peer = await FramePeer.ConnectAsync(node.ClusterPort);
        await peer.Tcp.SendAsync("CshBBrain\r\nHost:10.0."u8.ToArray());

        var answer = await time.UntilAsync(peer.ReadToEndAsync());

        Assert.Equal("CshBBrain\r\nError:the opening was not complete within 5 s\r\n", answer);
    }

    [Fact]
    public async Task A_connection_that_says_nothing_is_refused_too()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartManagerAsync(time: time);
        using var peer = await FramePeer.ConnectAsync(node.ClusterPort);

        Assert.StartsWith("CshBBrain\r\nError:", await time.UntilAsync(peer.ReadToEndAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_opening_under_way_is_told_when_the_server_leaves()
    {
        await using var node = await TestNode.StartManagerAsync();
        using var peer = await FramePeer.ConnectAsync(node.ClusterPort);
        await peer.Tcp.SendAsync("CshBBrain\r\n"u8.ToArray());

        // Accepted after it, so it is not one that only the system has accepted so far.
        using var next = await FramePeer.OpenAsync(node.ClusterPort);

        var leaving = node.LeaveAsync();

        Assert.Equal("CshBBrain\r\nError:this server is leaving\r\n", await peer.ReadToEndAsync());
        await leaving;
    }

    [Fact]
    public async Task A_full_cluster_port_refuses_politely_until_a_place_is_free()
    {
        await using var node = await TestNode.StartManagerAsync("links.maxCount = 2");
        using var first = await FramePeer.OpenAsync(node.ClusterPort);
        using var second = await FramePeer.OpenAsync(node.ClusterPort);
        using (var third = await FramePeer.ConnectAsync(node.ClusterPort))
        {
            await third.Tcp.SendAsync(Wire.Request());
            Assert.StartsWith("CshBBrain\r\nError:this server is full: 2 ", await third.ReadToEndAsync(), StringComparison.Ordinal);
        }

        await first.SendAsync([0x88, 0x00]);
        await first.ReadCloseAsync();

        await OpensAsync(node.ClusterPort);
        Assert.Equal("1000", (await second.AskAsync("action=9"))["action"]);
    }

    private static async Task OpensAsync(int port)
    {
        // The place is free when the server has seen the end of the other connection, a moment after the test has.
        for (var tries = 0; ; tries++)
        {
            using var peer = await FramePeer.ConnectAsync(port);
            await peer.Tcp.SendAsync(Wire.Request());
            if ((await peer.Tcp.ReadExactlyAsync(12)).AsSpan(11, 1)[0] == (byte)'H')
                return;
            Assert.True(tries < 1000, "no place became free");
            await Task.Delay(10);
        }
    }
}
