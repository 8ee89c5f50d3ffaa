using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Gateway.Business;

/// <summary>Messages to all clients, from the loops or from worker threads with the same result.</summary>
public abstract class BroadcastSpecs(string execution)
{
    private Task<TestNode> StartAsync(ScriptedHandler? handler = null, string hocon = "") => TestNode.StartAsync(
        $"clustersSwitch = 0, worker {{ handler = broadcast, execution = {execution}, readerWriters = 3, threads = 2 }}\n{hocon}", handler);

    [Fact]
    public async Task Every_client_on_every_loop_gets_every_message_once_and_each_senders_in_order()
    {
        const int Senders = 4;
        const int Messages = 50;
        await using var node = await StartAsync();
        var clients = new List<FramePeer>();
        try
        {
            for (var i = 0; i < 12; i++)
                clients.Add(i % 2 == 0 ? await FramePeer.OpenAsync(node.BusinessPort) : await FramePeer.UpgradeAsync(node.BusinessPort));

            // A first message that everybody has got shows that everybody is in.
            await clients[0].SendAsync(Wire.Masked("all here"));
            foreach (var client in clients)
                Assert.Equal("all here", await client.ReadTextAsync());

            var sending = Enumerable.Range(0, Senders).Select(sender => clients[sender].SendAsync(
                [.. Enumerable.Range(0, Messages).Select(i => Wire.Masked($"{sender}:{i}"))]));
            await Task.WhenAll(sending);

            await Task.WhenAll(clients.Select(async client =>
            {
                var next = new int[Senders];
                for (var i = 0; i < Senders * Messages; i++)
                {
                    var message = (await client.ReadTextAsync()).Split(':');
                    Assert.Equal(next[int.Parse(message[0])]++, int.Parse(message[1]));
                }
            }));
            await clients[^1].SendAsync(Wire.Masked("end"));
            foreach (var client in clients)
                Assert.Equal("end", await client.ReadTextAsync());
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_closed_alone()
    {
        await using var node = await StartAsync(hocon: "connection { maxMessageBytes = 64KiB, outputHighWater = 64KiB, outputLimit = 512KiB }");
        using var stuck = await FramePeer.OpenAsync(node.BusinessPort, receiveBuffer: 4096);
        using var sender = await FramePeer.OpenAsync(node.BusinessPort);
        using var other = await FramePeer.OpenAsync(node.BusinessPort);
        var message = new string('x', 60 * 1024);

        // Far more than the system and the limit of the output hold for the one that reads nothing.
        for (var i = 0; i < 200; i++)
        {
            await sender.SendTextAsync(message);
            Assert.Equal(message, await sender.ReadTextAsync());
            Assert.Equal(message, await other.ReadTextAsync());
        }

        await node.HasLoggedAsync("it does not take what is sent to it");
        await sender.SendTextAsync("on we go");
        Assert.Equal("on we go", await other.ReadTextAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => stuck.Tcp.ReadExactlyAsync(200 * message.Length));
    }

    [Fact]
    public async Task What_is_said_to_all_on_connecting_reaches_the_new_client_too()
    {
        ScriptedHandler? handler = null;
        handler = new ScriptedHandler(neverBlocks: true) { Connected = _ => handler!.Host.SayToAll("one more") };
        await using var node = await StartAsync(handler);
        using var first = await FramePeer.OpenAsync(node.BusinessPort);
        Assert.Equal("one more", await first.ReadTextAsync());

        using var second = await FramePeer.OpenAsync(node.BusinessPort);

        Assert.Equal("one more", await second.ReadTextAsync());
        Assert.Equal("one more", await first.ReadTextAsync());
    }

    [Fact]
    public async Task What_is_said_to_all_when_clients_have_gone_arrives_however_many_go_at_once()
    {
        ScriptedHandler? handler = null;
        handler = new ScriptedHandler(neverBlocks: true) { Disconnected = _ => handler!.Host.SayToAll("one less") };
        await using var node = await StartAsync(handler);
        using var witness = await FramePeer.OpenAsync(node.BusinessPort);
        var others = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => FramePeer.OpenAsync(node.BusinessPort)));
        await Eventually.EqualsAsync(151, () => handler.Clients.Count, "clients that came");

        foreach (var other in others)
            other.Dispose();

        for (var i = 0; i < 150; i++)
            Assert.Equal("one less", await witness.ReadTextAsync());
    }

    [Fact]
    public async Task Any_thread_may_send_to_all_until_too_much_is_under_way()
    {
        var handler = new ScriptedHandler(neverBlocks: true);
        await using var node = await StartAsync(handler);
        using var first = await FramePeer.OpenAsync(node.BusinessPort);
        using var second = await FramePeer.OpenAsync(node.BusinessPort);
        await Eventually.EqualsAsync(2, () => handler.Clients.Count, "clients that came");

        for (var i = 0; i < 300; i++)
        {
            var number = i;
            await Eventually.HoldsAsync(() => handler.Host.SayToAll($"push {number}"), "it is taken");
        }

        for (var i = 0; i < 300; i++)
        {
            Assert.Equal($"push {i}", await first.ReadTextAsync());
            Assert.Equal($"push {i}", await second.ReadTextAsync());
        }
    }

    [Fact]
    public async Task A_message_that_fails_after_sending_to_all_has_sent_to_all()
    {
        ScriptedHandler? handler = null;
        handler = new ScriptedHandler(neverBlocks: true)
        {
            Message = (_, text) =>
            {
                handler!.Host.SayToAll(text);
                throw new InvalidOperationException("after that");
            },
        };
        await using var node = await StartAsync(handler);
        using var other = await FramePeer.OpenAsync(node.BusinessPort);
        using var client = await FramePeer.OpenAsync(node.BusinessPort);
        await Eventually.EqualsAsync(2, () => handler.Clients.Count, "clients that came");

        await client.SendTextAsync("hear me");

        Assert.Equal("hear me", await other.ReadTextAsync());
        Assert.Equal("hear me", await client.ReadTextAsync());
        Assert.Equal(1011, (await client.ReadCloseAsync()).CloseCode);
    }
}
