using System.Net.Sockets;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests;

/// <summary>The graceful leave of a node.</summary>
public sealed class LeaveSpecs
{
    [Fact]
    public async Task Managers_are_told_goodbye_before_any_client()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "worker.handler = echo");
        using var link = await manager.LinkAsync();
        await ManagerStub.TakeReportAsync(link);
        using var client = await FramePeer.OpenAsync(node.BusinessPort);

        var leaving = node.LeaveAsync();
        var goodbye = await client.ReadCloseAsync();

        // What the manager's socket holds at this moment came before that.
        var atManager = await link.Tcp.ReadExactlyAsync(link.Tcp.Socket.Available);
        Assert.Equal((1001, "this server is leaving"), (goodbye.CloseCode, goodbye.CloseReason));
        Assert.Equal(Wire.Close(1001, "this server is leaving"), atManager[^26..]);
        await leaving;
    }

    [Fact]
    public async Task Every_client_gets_close_1001_and_every_port_is_closed()
    {
        var handler = new ScriptedHandler(neverBlocks: false);
        await using var node = await TestNode.StartAsync("port = [0, 0], worker { readerWriters = 2, threads = 3 }", handler);
        var clients = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => i % 2 == 0
            ? FramePeer.OpenAsync(node.BusinessPorts[0])
            : FramePeer.UpgradeAsync(node.BusinessPorts[1])));

        var leaving = node.LeaveAsync();
        foreach (var client in clients)
        {
            Assert.Equal(1001, (await client.ReadCloseAsync()).CloseCode);
            client.Dispose();
        }

        await leaving;
        Assert.True(node.System.WhenTerminated.IsCompleted);
        foreach (var port in (int[])[.. node.BusinessPorts, node.ClusterPort])
            await Assert.ThrowsAsync<SocketException>(() => FramePeer.ConnectAsync(port));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("threads")]
    public async Task Business_code_hears_of_the_end_of_every_client(string execution)
    {
        var handler = new ScriptedHandler(neverBlocks: true);
        await using var node = await TestNode.StartAsync($"clustersSwitch = 0, worker {{ readerWriters = 2, threads = 2, execution = {execution} }}", handler);
        var clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => FramePeer.OpenAsync(node.BusinessPort)));
        await Eventually.EqualsAsync(200, () => handler.Clients.Count, "clients that came");

        var leaving = node.LeaveAsync();
        await Task.WhenAll(clients.Select(client => client.ReadCloseAsync()));
        foreach (var client in clients)
            client.Dispose();
        await leaving;

        Assert.Equal(200, handler.Journal.Count(line => line.EndsWith("disconnected", StringComparison.Ordinal)));
        Assert.All(handler.Clients, client => Assert.Equal(["connected", "disconnected"], handler.JournalOf(client)));
    }

    [Fact]
    public async Task An_answer_under_way_goes_out_before_the_goodbye()
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
        await using var node = await TestNode.StartAsync("clustersSwitch = 0", handler);
        using var client = await FramePeer.OpenAsync(node.BusinessPort);
        await client.SendTextAsync("answer me");
        await Eventually.EqualsAsync(2, () => handler.Journal.Count, "calls");

        var leaving = node.LeaveAsync();
        release.SetResult();

        Assert.Equal("answer me", await client.ReadTextAsync());
        Assert.Equal(1001, (await client.ReadCloseAsync()).CloseCode);
        await leaving;
    }

    [Fact]
    public async Task A_handler_that_blocks_for_ever_holds_up_neither_the_clients_nor_the_end()
    {
        var never = new TaskCompletionSource();
        var handler = new ScriptedHandler(neverBlocks: false) { Message = (_, _) => never.Task.Wait() };
        await using var node = await TestNode.StartAsync("worker.threads = 2", handler);
        using var blocked = await FramePeer.OpenAsync(node.BusinessPort);
        await blocked.SendTextAsync("hold on");
        await Eventually.EqualsAsync(2, () => handler.Journal.Count, "calls");
        using var other = await FramePeer.OpenAsync(node.BusinessPort);

        try
        {
            var leaving = node.LeaveAsync();

            Assert.Equal(1001, (await other.ReadCloseAsync()).CloseCode);
            Assert.Equal(1001, (await blocked.ReadCloseAsync()).CloseCode);
            await leaving.WaitAsync(Eventually.Limit);
            await node.System.WhenTerminated.WaitAsync(Eventually.Limit);
            await node.HasLoggedAsync("its handler does not return");
        }
        finally
        {
            never.SetResult();
        }
    }

    [Fact]
    public async Task A_manager_sees_that_a_server_has_left()
    {
        await using var manager = await TestNode.StartManagerAsync("node = manager-1");
        await using var worker = await TestNode.StartWorkerAsync([manager.ClusterPort], "node = worker-1");
        await Fleet.ShowsAsync(manager.ClusterPort, "worker-1", "up");

        await worker.LeaveAsync();

        Assert.Equal("gone", await Fleet.StateAsync(manager.ClusterPort, "worker-1"));
    }

    [Fact]
    public async Task A_manager_that_leaves_tells_its_servers_and_they_go_on_without_it()
    {
        var port = FreePort.Next();
        var first = await TestNode.StartManagerAsync($"node = manager-1, clustersPort = {port}");
        await using var worker = await TestNode.StartWorkerAsync([port], "node = worker-1, worker.handler = echo");
        await Fleet.ShowsAsync(port, "worker-1", "up");
        using var client = await FramePeer.OpenAsync(worker.BusinessPort);

        await first.DisposeAsync();
        await worker.HasLoggedAsync("this server is leaving");
        await client.SendTextAsync("still served");
        Assert.Equal("still served", await client.ReadTextAsync());

        await using var second = await TestNode.StartManagerAsync($"node = manager-1, clustersPort = {port}");
        await Fleet.ShowsAsync(port, "worker-1", "up");
    }

    [Fact]
    public async Task A_server_may_leave_while_a_manager_does_not_answer_its_handshake()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port, FreePort.Next()], "connection.handshakeTimeout = 5m");
        using var silent = await manager.AcceptAsync();
        await ManagerStub.ReadRequestAsync(silent);

        var leaving = node.LeaveAsync();

        Assert.True(await silent.IsEndedAsync());
        await leaving.WaitAsync(Eventually.Limit);
    }
}
