using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

public sealed class LinkEndSpecs(ManagerFixture manager) : IClassFixture<ManagerFixture>
{
    [Fact]
    public async Task The_close_of_the_requirements_is_answered_with_a_close()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync([0x88, 0x00]);

        Assert.Equal([0x88, 0x00], await peer.Tcp.ReadToEndAsync());
    }

    [Theory]
    [InlineData(1000, "bye")]
    [InlineData(1001, "")]
    [InlineData(4999, "mine")]
    public async Task A_close_with_a_code_is_answered_with_that_code(int code, string reason)
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync(Wire.Close(code, reason));

        Assert.Equal(Wire.Close(code), await peer.Tcp.ReadToEndAsync());
    }

    [Fact]
    public async Task What_comes_behind_a_close_is_discarded_and_what_came_before_is_answered()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync(Wire.Text("action=1&seq=before"), [0x88, 0x00], Wire.Text("action=1&seq=behind"), [0xff, 0xff]);

        Assert.Equal("action=1000&seq=before", await peer.ReadTextAsync());
        Assert.Equal(0, (await peer.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_payload()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);
        var payload = Enumerable.Range(0, 125).Select(i => (byte)i).ToArray();

        await peer.SendAsync(Wire.Frame(Wire.PingOpcode, payload), Wire.Frame(Wire.PongOpcode, "unasked"u8), Wire.Frame(Wire.PingOpcode, ""u8, masked: true));

        Assert.Equal(Wire.Frame(Wire.PongOpcode, payload), await peer.Tcp.ReadExactlyAsync(127));
        Assert.Equal([0x8a, 0x00], await peer.Tcp.ReadExactlyAsync(2));
    }

    [Fact]
    public async Task A_request_of_a_peer_that_sends_no_more_is_still_answered()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendTextAsync("action=9&seq=last");
        peer.Tcp.FinishSending();

        Assert.Equal("last", new Parameters(await peer.ReadTextAsync())["seq"]);
        Assert.True(await peer.Tcp.IsEndedAsync());
    }

    public enum Goodbye
    {
        Leaving,
        PlainClose,
        NormalClose,
        Fin,
        Reset,
    }

    [Theory]
    [InlineData(Goodbye.Leaving, "gone")] // close 1001: it says that it leaves
    [InlineData(Goodbye.PlainClose, "unreachable")] // 88 00 says nothing of leaving
    [InlineData(Goodbye.NormalClose, "unreachable")]
    [InlineData(Goodbye.Fin, "unreachable")]
    [InlineData(Goodbye.Reset, "unreachable")]
    public async Task The_manager_hears_how_a_link_ended(Goodbye goodbye, string state)
    {
        var node = $"end-{goodbye}";
        using var peer = await FramePeer.OpenAsync(manager.Port);
        await peer.AskAsync($"action=1&node={node}&port=7000");
        await Fleet.ShowsAsync(manager.Port, node, "up");

        switch (goodbye)
        {
            case Goodbye.Leaving:
                await peer.SendAsync(Wire.Close(1001, "leaving"));
                break;
            case Goodbye.PlainClose:
                await peer.SendAsync([0x88, 0x00]);
                break;
            case Goodbye.NormalClose:
                await peer.SendAsync(Wire.Close(1000));
                break;
            case Goodbye.Fin:
                peer.Tcp.FinishSending();
                break;
            case Goodbye.Reset:
                peer.Tcp.Reset();
                break;
        }

        await Fleet.ShowsAsync(manager.Port, node, state);
    }

    [Fact]
    public async Task A_server_that_comes_back_is_up_again()
    {
        using (var first = await FramePeer.OpenAsync(manager.Port))
        {
            await first.AskAsync("action=1&node=back&port=7000");
            first.Tcp.Reset();
        }

        await Fleet.ShowsAsync(manager.Port, "back", "unreachable");
        using var second = await FramePeer.OpenAsync(manager.Port);
        await second.AskAsync("action=1&node=back&port=7000");

        await Fleet.ShowsAsync(manager.Port, "back", "up");
    }
}
