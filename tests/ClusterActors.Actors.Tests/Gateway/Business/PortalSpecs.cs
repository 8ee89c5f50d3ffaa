using System.Text;
using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.Business;

/// <summary>The business port of a server that is only a manager (PROTOCOL.md section 7): tells clients where to go.</summary>
public sealed class PortalSpecs : IAsyncLifetime
{
    private TestNode? _manager;
    private FramePeer? _worker;

    private int Port => _manager!.BusinessPort;

    public async Task InitializeAsync()
    {
        _manager = await TestNode.StartManagerAsync("worker.maxClientCount = 3");
        _worker = await FramePeer.OpenAsync(_manager.ClusterPort, host: "127.0.0.1:9999");
        await _worker.AskAsync("action=1&node=w-1&port=7070&ports=7070&maxClientCount=100");
        await Fleet.ShowsAsync(_manager.ClusterPort, "w-1", "up");
    }

    public async Task DisposeAsync()
    {
        _worker!.Dispose();
        await _manager!.DisposeAsync();
    }

    [Fact]
    public async Task A_raw_client_is_told_a_worker()
    {
        using var client = await FramePeer.OpenAsync(Port);

        Assert.Equal("7070", (await client.AskAsync("action=0&seq=1"))["port"]);
        Assert.Equal("1", (await client.AskAsync("action=9"))["count"]);
    }

    [Fact]
    public async Task A_WebSocket_is_told_a_worker()
    {
        using var client = await WebSocketPeer.ConnectAsync(Port);

        await client.SendTextAsync("action=0&seq=1");
        Assert.Equal("7070", new Parameters(await client.ReadTextAsync())["port"]);

        await client.SendTextAsync("action=9&seq=2");
        var view = new Parameters(await client.ReadTextAsync());
        Assert.Equal(("1", "2"), (view["count"], view["seq"]));
    }

    [Fact]
    public async Task A_WebSocket_must_mask_here_too()
    {
        using var client = await FramePeer.UpgradeAsync(Port);

        await client.SendTextAsync("action=0");

        Assert.Equal(1002, (await client.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task It_takes_no_reports()
    {
        using var client = await FramePeer.OpenAsync(Port);

        Assert.Equal("unknown-action", (await client.AskAsync("action=1&node=intruder"))["code"]);
        Assert.Null(await Fleet.FindAsync(_manager!.ClusterPort, "intruder"));
    }

    [Fact]
    public async Task A_browser_without_WebSocket_gets_426()
    {
        using var client = await FramePeer.ConnectAsync(Port);

        await client.Tcp.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 426 ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_places_are_counted_apart_from_those_of_the_cluster_port()
    {
        using var first = await FramePeer.OpenAsync(Port);
        using var second = await FramePeer.OpenAsync(Port);
        using var third = await FramePeer.OpenAsync(Port);
        using var refused = await FramePeer.ConnectAsync(Port);
        await refused.Tcp.SendAsync(Wire.Request());
        Assert.Contains("Error:this server is full: 3 ", await refused.ReadToEndAsync(), StringComparison.Ordinal);

        using var link = await FramePeer.OpenAsync(_manager!.ClusterPort);

        Assert.Equal("1000", (await link.AskAsync("action=9"))["action"]);
    }
}
