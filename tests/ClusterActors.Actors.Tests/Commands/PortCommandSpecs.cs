using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Commands;

/// <summary>Business ports are opened and closed while clients are served (actions 7 and 8).</summary>
public sealed class PortCommandSpecs
{
    private static async Task<string> ClientsAsync(CommandedWorker worker) => (await worker.CommandAsync("action=10&on=0"))["clients"];

    private static string List(params int[] ports) => string.Join(',', ports);

    private static async Task<bool> IsServedAsync(FramePeer client, string text)
    {
        await client.SendTextAsync(text);
        return await client.ReadTextAsync() == text;
    }

    private static Task<SocketException> IsClosedAsync(int port) => Assert.ThrowsAsync<SocketException>(() => FramePeer.ConnectAsync(port));

    [Fact]
    public async Task A_port_is_opened_and_serves_clients_and_the_next_report_says_so()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.handler = echo");
        var (first, second) = (worker.Node.BusinessPort, FreePort.Next());

        Assert.Equal((List(first), List(first, second)), await worker.DoAsync($"action=7&port={second}"));

        await worker.ReportAsync("ports", List(first, second));
        using var client = await FramePeer.OpenAsync(second);
        Assert.True(await IsServedAsync(client, "hello"));
    }

    [Fact]
    public async Task Several_ports_are_served_at_once()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.handler = echo");
        var ports = Enumerable.Range(0, 5).Select(_ => FreePort.Next()).ToList();
        foreach (var port in ports)
            await worker.DoAsync($"action=7&port={port}");

        foreach (var port in ports.Append(worker.Node.BusinessPort))
        {
            using var client = await FramePeer.UpgradeAsync(port);
            await client.SendAsync(Wire.Masked($"{port}"));
            Assert.Equal($"{port}", await client.ReadTextAsync());
        }
    }

    [Fact]
    public async Task Clients_of_both_families_reach_it_where_the_server_has_both()
    {
        if (!Socket.OSSupportsIPv6)
            return;
        await using var worker = await CommandedWorker.StartAsync("bind = any, worker.handler = echo");
        var port = FreePort.Next();
        await worker.DoAsync($"action=7&port={port}");

        foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            using var client = new FramePeer(await TcpPeer.ConnectAsync(new IPEndPoint(address, port)));
            await client.SendAsync(Wire.Request(), Wire.Text("hi"));
            await client.Tcp.ReadExactlyAsync(Wire.Response().Length);
            Assert.Equal("hi", await client.ReadTextAsync());
        }
    }

    [Fact]
    public async Task A_port_that_cannot_be_had_is_refused_and_the_others_stay()
    {
        await using var worker = await CommandedWorker.StartAsync("worker { handler = echo, maxPorts = 2 }");
        using var other = TcpPort.Open();

        Assert.Equal(
            ("port-in-use", $"cannot listen on 127.0.0.1:{other.Port}: the port is in use by another program; choose another port or end that program"),
            await worker.RefusedAsync($"action=7&port={other.Port}"));
        Assert.Equal(
            ("port-in-use", $"port {worker.Node.ClusterPort} is the cluster port of this server; choose another one"),
            await worker.RefusedAsync($"action=7&port={worker.Node.ClusterPort}"));
        Assert.Equal("port-in-use", (await worker.RefusedAsync($"action=7&port={worker.Node.BusinessPort}")).Code);
        Assert.Equal("out-of-range", (await worker.RefusedAsync("action=7&port=0")).Code);
        Assert.Equal("out-of-range", (await worker.RefusedAsync("action=7&port=65536")).Code);
        await worker.DoAsync($"action=7&port={FreePort.Next()}");
        Assert.Contains("worker.maxPorts allows 2", (await worker.RefusedAsync($"action=7&port={FreePort.Next()}")).Reason, StringComparison.Ordinal);

        using var client = await FramePeer.OpenAsync(worker.Node.BusinessPort);
        Assert.True(await IsServedAsync(client, "still here"));
    }

    [Fact]
    public async Task A_closed_port_takes_nobody_and_keeps_whom_it_has()
    {
        await using var worker = await CommandedWorker.StartAsync("port = [0, 0], worker.handler = echo");
        var ports = worker.Node.BusinessPorts;
        using var client = await FramePeer.OpenAsync(ports[0]);

        Assert.Equal((List([.. ports]), List(ports[1])), await worker.DoAsync($"action=8&port={ports[0]}"));

        await IsClosedAsync(ports[0]);
        Assert.True(await IsServedAsync(client, "still here"));
        await worker.ReportAsync("ports", List(ports[1]));
    }

    [Fact]
    public async Task A_closed_port_can_be_opened_again_at_once()
    {
        await using var worker = await CommandedWorker.StartAsync("port = [0, 0], worker.handler = echo");
        var port = worker.Node.BusinessPorts[0];
        for (var i = 0; i < 20; i++)
        {
            await worker.DoAsync($"action=8&port={port}");
            await worker.DoAsync($"action=7&port={port}");
        }

        using var client = await FramePeer.OpenAsync(port);
        Assert.True(await IsServedAsync(client, "again"));
    }

    [Fact]
    public async Task A_port_that_is_drained_tells_its_clients_and_closes_those_that_are_left()
    {
        var release = new TaskCompletionSource();
        var handler = new ScriptedHandler(neverBlocks: false)
        {
            Message = (client, text) =>
            {
                if (text == "block")
                    release.Task.Wait(Eventually.Limit);
                client.Say(text);
            },
        };
        await using var worker = await CommandedWorker.StartAsync("port = [0, 0]", handler);
        var ports = worker.Node.BusinessPorts;
        using var idle = await FramePeer.OpenAsync(ports[0]);
        using var browser = await FramePeer.UpgradeAsync(ports[0]);
        using var busy = await FramePeer.OpenAsync(ports[0]);
        using var other = await FramePeer.OpenAsync(ports[1]);
        await busy.SendTextAsync("block");
        await Eventually.HoldsAsync(() => handler.Journal.Any(line => line.EndsWith(" block", StringComparison.Ordinal)), "it blocks");

        await worker.DoAsync($"action=8&port={ports[0]}&drain=1");

        foreach (var told in (FramePeer[])[idle, browser])
        {
            var goodbye = await told.ReadCloseAsync();
            Assert.Equal((1001, $"port {ports[0]} of this server is being closed"), (goodbye.CloseCode, goodbye.CloseReason));
        }

        // Its handler never answers, so it is cut off when its time is over.
        Assert.True(await busy.Tcp.IsEndedAsync());
        Assert.False(release.Task.IsCompleted);
        release.SetResult();
        Assert.True(await IsServedAsync(other, "not my port"));
    }

    [Fact]
    public async Task A_client_of_a_drained_port_has_that_long_to_close_its_side()
    {
        var time = new FakeTimeProvider();
        await using var worker = await CommandedWorker.StartAsync("port = [0, 0], worker { handler = echo, readerWriters = 1 }", time: time);
        using var client = await FramePeer.OpenAsync(worker.Node.BusinessPorts[0]);

        await worker.DoAsync($"action=8&port={worker.Node.BusinessPorts[0]}&drain=60");
        await client.ReadCloseAsync();

        // Far more than connection.closeTimeout.
        time.Advance(TimeSpan.FromSeconds(5));
        for (var round = 0; round < 3; round++)
            Assert.Equal("1", await ClientsAsync(worker));
        time.Advance(TimeSpan.FromSeconds(56));
        while (await ClientsAsync(worker) != "0")
            await Task.Yield();
    }

    [Fact]
    public async Task A_client_that_is_being_answered_when_its_port_is_drained_gets_the_answer_first()
    {
        var release = new TaskCompletionSource();
        var handler = new ScriptedHandler(neverBlocks: false)
        {
            Message = (client, text) =>
            {
                release.Task.Wait(Eventually.Limit);
                client.Say(text);
            },
        };
        await using var worker = await CommandedWorker.StartAsync("port = [0, 0]", handler);
        using var client = await FramePeer.OpenAsync(worker.Node.BusinessPorts[0]);
        await client.SendTextAsync("answer me");
        await Eventually.EqualsAsync(2, () => handler.Journal.Count, "calls");

        await worker.DoAsync($"action=8&port={worker.Node.BusinessPorts[0]}&drain=60");
        release.SetResult();

        Assert.Equal("answer me", await client.ReadTextAsync());
        Assert.Equal(1001, (await client.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task Clients_of_the_same_port_opened_again_are_not_drained_with_the_others()
    {
        await using var worker = await CommandedWorker.StartAsync("port = [0, 0], worker.handler = echo");
        var port = worker.Node.BusinessPorts[0];
        await worker.DoAsync($"action=8&port={port}&drain=1");
        await worker.DoAsync($"action=7&port={port}");
        using var client = await FramePeer.OpenAsync(port);

        // Until the first opening's time is over: its actor ends then.
        await Eventually.EqualsAsync(2, () => Ports(worker.Node), "actors of ports");

        Assert.True(await IsServedAsync(client, "still here"));
    }

    [Fact]
    public async Task The_last_port_is_closed_only_when_the_server_is_drained()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.handler = echo");
        var port = worker.Node.BusinessPort;
        using var client = await FramePeer.OpenAsync(port);
        Assert.Equal(
            ("out-of-range", $"port {port} is the last business port; drain the server (action 10), then it can be closed"),
            await worker.RefusedAsync($"action=8&port={port}"));

        await worker.DoAsync("action=10&on=1");
        Assert.Equal((List(port), ""), await worker.DoAsync($"action=8&port={port}"));

        await IsClosedAsync(port);
        Assert.True(await IsServedAsync(client, "still here"));
        Assert.Equal("0", (await worker.ReportAsync("acceptorCount", "1"))["port"]);
        Assert.Equal(("", List(port)), await worker.DoAsync($"action=7&port={port}"));
    }

    [Fact]
    public async Task A_port_that_is_not_open_cannot_be_closed()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.handler = echo");

        Assert.Equal(
            ("out-of-range", $"port 1 is no open business port of this server; open: {worker.Node.BusinessPort.ToString(CultureInfo.InvariantCulture)}"),
            await worker.RefusedAsync("action=8&port=1"));
        Assert.Equal("out-of-range", (await worker.RefusedAsync($"action=8&port={worker.Node.ClusterPort}")).Code);
    }

    private static int Ports(TestNode node) =>
        ((ActorRefWithCell)((ExtendedActorSystem)node.System).Provider.ResolveActorRef($"akka://{node.System.Name}/user/worker"))
        .Children.Count(child => child.Path.Name.StartsWith("port-", StringComparison.Ordinal));
}
