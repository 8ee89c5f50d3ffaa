using System.Net.WebSockets;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Gateway.Business;

/// <summary>Business code of the user's own, on the loops or on worker threads with the same result.</summary>
public abstract class HandlerSpecs(string execution)
{
    private Task<TestNode> StartAsync(ScriptedHandler handler, string hocon = "") => TestNode.StartAsync(
        $"clustersSwitch = 0, worker {{ execution = {execution}, readerWriters = 2, threads = 2 }}\n{hocon}", handler);

    [Fact]
    public async Task Each_client_is_told_once_that_it_came_and_once_that_it_went_with_its_messages_between()
    {
        var handler = new ScriptedHandler(neverBlocks: true);
        await using var node = await StartAsync(handler);
        for (var end = 0; end < 5; end++)
        {
            using var client = await FramePeer.OpenAsync(node.BusinessPort);
            await client.SendAsync(Wire.Text("a"), Wire.Text("b"));
            await client.ReadTextAsync();
            await client.ReadTextAsync();
            await EndAsync(client, end);
        }

        await Eventually.EqualsAsync(5, () => handler.Journal.Count(line => line.EndsWith("disconnected", StringComparison.Ordinal)), "clients gone");
        Assert.All(handler.Clients, client => Assert.Equal(["connected", "a", "b", "disconnected"], handler.JournalOf(client)));
        Assert.Equal(0, handler.Host.ClientCount);
    }

    [Fact]
    public async Task A_client_that_never_says_anything_is_told_of_too()
    {
        var handler = new ScriptedHandler(neverBlocks: true);
        await using var node = await StartAsync(handler);
        using (await FramePeer.UpgradeAsync(node.BusinessPort))
            await Eventually.EqualsAsync(1, () => handler.Clients.Count, "clients that came");

        await Eventually.EqualsAsync(2, () => handler.Journal.Count, "calls");
        Assert.Equal(["connected", "disconnected"], handler.JournalOf(handler.Clients.Single()));
    }

    [Fact]
    public async Task A_refused_opening_is_no_client()
    {
        var handler = new ScriptedHandler(neverBlocks: true);
        await using var node = await StartAsync(handler);
        using (var stranger = await FramePeer.ConnectAsync(node.BusinessPort))
        {
            await stranger.Tcp.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
            await stranger.ReadToEndAsync();
        }

        using var client = await FramePeer.OpenAsync(node.BusinessPort);
        await client.SendTextAsync("x");
        await client.ReadTextAsync();

        Assert.Single(handler.Clients);
    }

    [Fact]
    public async Task What_is_said_on_connecting_comes_behind_the_handshake_and_before_the_first_answer()
    {
        var handler = new ScriptedHandler(neverBlocks: true) { Connected = client => client.Say("welcome") };
        await using var node = await StartAsync(handler);
        using var client = await FramePeer.ConnectAsync(node.BusinessPort);

        await client.SendAsync(Wire.Request(), Wire.Text("first"));

        byte[] expected = [.. Wire.Response(), .. Wire.Text("welcome"), .. Wire.Text("first")];
        Assert.Equal(expected, await client.Tcp.ReadExactlyAsync(expected.Length));
    }

    [Fact]
    public async Task A_message_that_fails_closes_its_client_with_1011_and_nobody_else()
    {
        var handler = new ScriptedHandler(neverBlocks: true)
        {
            Message = (client, text) =>
            {
                if (text == "bad")
                    throw new InvalidOperationException("no such thing");
                client.Say(text);
            },
        };
        await using var node = await StartAsync(handler);
        using var other = await FramePeer.OpenAsync(node.BusinessPort);
        using var client = await FramePeer.OpenAsync(node.BusinessPort);

        await client.SendAsync(Wire.Text("good"), Wire.Text("bad"), Wire.Text("not handled"));

        Assert.Equal("good", await client.ReadTextAsync());
        Assert.Equal(1011, (await client.ReadCloseAsync()).CloseCode);
        await other.SendTextAsync("still here");
        Assert.Equal("still here", await other.ReadTextAsync());
        Assert.DoesNotContain(handler.Journal, line => line.EndsWith("not handled", StringComparison.Ordinal));
        await node.HasLoggedAsync("no such thing");
    }

    [Fact]
    public async Task A_failure_on_connecting_closes_that_client_with_1011_behind_the_handshake()
    {
        var handler = new ScriptedHandler(neverBlocks: true) { Connected = _ => throw new InvalidOperationException("not you") };
        await using var node = await StartAsync(handler);
        using var client = await FramePeer.OpenAsync(node.BusinessPort);

        Assert.Equal(1011, (await client.ReadCloseAsync()).CloseCode);

        await Eventually.EqualsAsync(2, () => handler.Journal.Count, "calls");
        Assert.Equal(["connected", "disconnected"], handler.JournalOf(handler.Clients.Single()));
    }

    [Fact]
    public async Task A_failure_when_a_client_has_gone_is_logged_and_the_next_client_is_served()
    {
        var handler = new ScriptedHandler(neverBlocks: true) { Disconnected = _ => throw new InvalidOperationException("gone wrong") };
        await using var node = await StartAsync(handler);
        for (var i = 0; i < 4; i++)
        {
            using var client = await FramePeer.OpenAsync(node.BusinessPort);
            await client.SendAsync(Wire.Text("x"), [0x88, 0x00]);
            Assert.Equal("x", await client.ReadTextAsync());
            await client.ReadCloseAsync();
        }

        await node.HasLoggedAsync("gone wrong");
    }

    [Fact]
    public async Task Business_code_may_close_a_client_behind_its_answers()
    {
        var handler = new ScriptedHandler(neverBlocks: true)
        {
            Message = (client, text) =>
            {
                client.Say(text);
                if (text == "quit")
                    client.Close("as you wish");
            },
        };
        await using var node = await StartAsync(handler);
        using var client = await WebSocketPeer.ConnectAsync(node.BusinessPort);

        await client.SendTextAsync("quit");

        Assert.Equal("quit", await client.ReadTextAsync());
        Assert.Equal(WebSocketMessageType.Close, (await client.ReadAsync()).Type);
        Assert.Equal((WebSocketCloseStatus.NormalClosure, "as you wish"), (client.Socket.CloseStatus, client.Socket.CloseStatusDescription));
    }

    [Fact]
    public async Task Any_thread_may_send_to_a_client_and_close_it_in_that_order()
    {
        var handler = new ScriptedHandler(neverBlocks: true);
        await using var node = await StartAsync(handler);
        using var client = await FramePeer.OpenAsync(node.BusinessPort);
        await Eventually.EqualsAsync(1, () => handler.Clients.Count, "clients that came");
        var handle = handler.Clients.Single();

        var sent = Enumerable.Range(0, 1000).All(i => handle.Say($"push {i}"));
        handle.Close("enough");

        Assert.True(sent);
        for (var i = 0; i < 1000; i++)
            Assert.Equal($"push {i}", await client.ReadTextAsync());
        var close = await client.ReadCloseAsync();
        Assert.Equal((1000, "enough"), (close.CloseCode, close.CloseReason));
    }

    [Fact]
    public async Task A_client_that_is_gone_takes_nothing()
    {
        var sentAtTheEnd = new List<bool>();
        var handler = new ScriptedHandler(neverBlocks: true) { Disconnected = gone => sentAtTheEnd.Add(gone.Say("too late")) };
        await using var node = await StartAsync(handler);
        using (await FramePeer.OpenAsync(node.BusinessPort))
            await Eventually.EqualsAsync(1, () => handler.Clients.Count, "clients that came");

        await Eventually.EqualsAsync(1, () => sentAtTheEnd.Count, "calls at the end");
        Assert.False(sentAtTheEnd[0]);
        Assert.False(handler.Clients.Single().Say("too late"));
    }

    [Fact]
    public async Task A_client_may_be_sent_to_while_another_ones_message_is_handled()
    {
        ScriptedHandler? relay = null;
        relay = new ScriptedHandler(neverBlocks: true)
        {
            Message = (client, text) =>
            {
                foreach (var other in relay!.Clients.Where(other => other.Id != client.Id))
                    other.Say($"from {client.State}: {text}");
            },
            Connected = client => client.State = "somebody",
        };
        await using var node = await StartAsync(relay);
        using var first = await FramePeer.OpenAsync(node.BusinessPort);
        using var second = await FramePeer.OpenAsync(node.BusinessPort);
        await Eventually.EqualsAsync(2, () => relay.Clients.Count, "clients that came");

        await first.SendAsync(Wire.Text("1"), Wire.Text("2"));

        Assert.Equal("from somebody: 1", await second.ReadTextAsync());
        Assert.Equal("from somebody: 2", await second.ReadTextAsync());
    }

    [Fact]
    public async Task A_client_that_takes_nothing_of_a_flood_is_closed_and_reported_gone()
    {
        var handler = new ScriptedHandler(neverBlocks: true);
        await using var node = await StartAsync(handler, "connection { maxMessageBytes = 64KiB, outputHighWater = 64KiB, outputLimit = 256KiB }");
        using var stuck = await FramePeer.OpenAsync(node.BusinessPort, receiveBuffer: 4096);
        await Eventually.EqualsAsync(1, () => handler.Clients.Count, "clients that came");
        var handle = handler.Clients.Single();
        var load = new string('x', 32 * 1024);

        await Eventually.HoldsAsync(() => !handle.Say(load), "the client is refused more");

        await Eventually.EqualsAsync(2, () => handler.Journal.Count, "calls");
        await node.HasLoggedAsync("it does not take what is sent to it");
    }

    private static async Task EndAsync(FramePeer client, int end)
    {
        switch (end)
        {
            case 0:
                await client.SendAsync([0x88, 0x00]);
                await client.ReadCloseAsync();
                break;
            case 1:
                client.Tcp.FinishSending();
                await client.Tcp.ReadToEndAsync();
                break;
            case 2:
                client.Tcp.Reset();
                break;
            case 3:
                await client.SendAsync([0xff, 0xff]);
                await client.ReadCloseAsync();
                break;
            default:
                client.Tcp.Dispose();
                break;
        }
    }
}
