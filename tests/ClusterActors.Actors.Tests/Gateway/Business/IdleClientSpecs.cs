using ClusterActors.Actors.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Gateway.Business;

public sealed class IdleClientSpecs : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private TestNode? _node;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync("clustersSwitch = 0", time: _time);

    public async Task DisposeAsync() => await _node!.DisposeAsync();

    [Fact]
    public async Task A_silent_client_is_pinged_and_then_closed()
    {
        using var client = await FramePeer.UpgradeAsync(_node!.BusinessPort);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(Wire.PingOpcode, (await client.ReadAsync()).Opcode);

        Assert.Equal(1001, (await _time.UntilAsync(client.ReadCloseAsync())).CloseCode);
    }

    [Fact]
    public async Task A_CshBBrain_client_is_left_alone_since_it_would_choke_on_a_ping()
    {
        using var old = await FramePeer.OpenAsync(_node!.BusinessPort, "Protocol", "127.0.0.1");
        using var ours = await FramePeer.OpenAsync(_node.BusinessPort);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(Wire.PingOpcode, (await ours.ReadAsync()).Opcode);
        Assert.Equal(1001, (await _time.UntilAsync(ours.ReadCloseAsync())).CloseCode);

        await old.SendTextAsync("still here");

        Assert.Equal("still here", await old.ReadTextAsync());
    }

    [Fact]
    public async Task An_HTTP_head_that_does_not_end_gets_408()
    {
        using var client = await FramePeer.ConnectAsync(_node!.BusinessPort);
        await client.Tcp.SendAsync("GET / HTTP/1.1\r\nHost: x"u8.ToArray());

        Assert.StartsWith("HTTP/1.1 408 ", await _time.UntilAsync(client.ReadToEndAsync()), StringComparison.Ordinal);
    }
}
