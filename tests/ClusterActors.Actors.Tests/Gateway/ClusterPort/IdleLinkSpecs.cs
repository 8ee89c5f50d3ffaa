using ClusterActors.Actors.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

public sealed class IdleLinkSpecs : IAsyncLifetime
{
    private static readonly byte[] Ping = [0x89, 0x00];

    private readonly FakeTimeProvider _time = new();
    private TestNode? _node;

    public async Task InitializeAsync() => _node = await TestNode.StartManagerAsync("connection.idleTimeout = 120s", _time);

    public async Task DisposeAsync() => await _node!.DisposeAsync();

    [Fact]
    public async Task A_silent_link_is_pinged_at_half_of_the_limit_and_stays_open_while_it_answers()
    {
        using var peer = await FramePeer.OpenAsync(_node!.ClusterPort);
        for (var round = 0; round < 3; round++)
        {
            // The limit of the ping before passes first, and unheeded; the silence is looked at in the next round of the loop.
            _time.Advance(TimeSpan.FromSeconds(61));
            Assert.Equal(Ping, await _time.UntilAsync(peer.Tcp.ReadExactlyAsync(2), TimeSpan.FromMilliseconds(50)));
            await peer.SendAsync([0x8a, 0x00]);
            await HeardAsync(peer);
        }
    }

    [Fact]
    public async Task A_link_that_does_not_answer_the_ping_is_closed()
    {
        using var peer = await FramePeer.OpenAsync(_node!.ClusterPort);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(Ping, await peer.Tcp.ReadExactlyAsync(2));

        var close = await _time.UntilAsync(peer.ReadCloseAsync());

        Assert.Equal((1001, "nothing heard for 120 s"), (close.CloseCode, close.CloseReason));
    }

    [Fact]
    public async Task A_link_that_speaks_is_not_pinged()
    {
        using var peer = await FramePeer.OpenAsync(_node!.ClusterPort);
        for (var round = 0; round < 5; round++)
        {
            await HeardAsync(peer);
            _time.Advance(TimeSpan.FromSeconds(50));
        }
    }

    /// <summary>A question and its answer, and nothing before it: all that was sent is seen by the server then.</summary>
    private static async Task HeardAsync(FramePeer peer)
    {
        await peer.SendTextAsync("action=1&seq=sync");
        Assert.Equal("action=1000&seq=sync", await peer.ReadTextAsync());
    }
}
