using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Gateway.Business;

/// <summary>Setting <c>worker.maxClientCount</c>.</summary>
public sealed class CapacitySpecs : IAsyncLifetime
{
    private readonly ScriptedHandler _handler = new(neverBlocks: true);
    private TestNode? _node;

    private int Port => _node!.BusinessPort;

    public async Task InitializeAsync() =>
        _node = await TestNode.StartAsync("clustersSwitch = 0, worker { maxClientCount = 2, readerWriters = 2 }", _handler);

    public async Task DisposeAsync() => await _node!.DisposeAsync();

    [Fact]
    public async Task A_full_server_refuses_raw_clients_in_words_and_WebSockets_with_503()
    {
        using var first = await FramePeer.OpenAsync(Port);
        using var second = await FramePeer.UpgradeAsync(Port);

        using var raw = await FramePeer.ConnectAsync(Port);
        await raw.Tcp.SendAsync(Wire.Request());
        Assert.StartsWith("CshBBrain\r\nError:this server is full: 2 ", await raw.ReadToEndAsync(), StringComparison.Ordinal);

        using var web = await FramePeer.ConnectAsync(Port);
        await web.Tcp.SendAsync(Wire.Upgrade());
        var answer = await web.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 5\r\n", answer, StringComparison.Ordinal);

        await first.SendTextAsync("still served");
        Assert.Equal("still served", await first.ReadTextAsync());
        Assert.Equal(2, _handler.Clients.Count);
    }

    [Fact]
    public async Task A_place_that_becomes_free_is_given_again()
    {
        using var stays = await FramePeer.OpenAsync(Port);
        for (var i = 0; i < 5; i++)
        {
            using (var goes = await FramePeer.OpenAsync(Port))
            {
                await goes.SendAsync([0x88, 0x00]);
                await goes.ReadCloseAsync();
            }

            await Eventually.EqualsAsync(1, () => _handler.Host.ClientCount, "clients");
        }
    }

    [Fact]
    public async Task A_connection_that_has_not_opened_takes_no_place()
    {
        using var silent = await FramePeer.ConnectAsync(Port);
        using var other = await FramePeer.ConnectAsync(Port);

        using var first = await FramePeer.OpenAsync(Port);
        using var second = await FramePeer.OpenAsync(Port);

        await second.SendTextAsync("in");
        Assert.Equal("in", await second.ReadTextAsync());
    }

    [Fact]
    public async Task A_refused_client_gives_back_no_place_that_it_never_had()
    {
        using var first = await FramePeer.OpenAsync(Port);
        using var second = await FramePeer.OpenAsync(Port);
        for (var i = 0; i < 3; i++)
        {
            using var refused = await FramePeer.ConnectAsync(Port);
            await refused.Tcp.SendAsync(Wire.Request());
            await refused.ReadToEndAsync();
        }

        using var last = await FramePeer.ConnectAsync(Port);
        await last.Tcp.SendAsync(Wire.Request());

        Assert.Contains("Error:this server is full", await last.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
