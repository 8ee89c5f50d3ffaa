using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

public sealed class OtherManagerSpecs
{
    [Theory]
    [InlineData("action=0&seq=1")]
    [InlineData("action=9&seq=1")]
    [InlineData("action=2&seq=1&count=1&node=w")]
    public async Task A_server_that_is_no_manager_says_who_is(string request)
    {
        using var manager = TcpPort.Open();
        await using var node = await TestNode.StartWorkerAsync([manager.Port]);
        using var peer = await FramePeer.OpenAsync(node.ClusterPort);

        var reply = await peer.AskAsync(request);

        Assert.Equal(("2000", "not-authority", "1"), (reply["action"], reply["code"], reply["seq"]));
        Assert.Equal(("127.0.0.1", $"{manager.Port}", "0"), (reply["ip"], reply["port"], reply["epoch"]));
    }

    [Fact]
    public async Task It_takes_no_reports()
    {
        using var manager = TcpPort.Open();
        await using var node = await TestNode.StartWorkerAsync([manager.Port]);
        using var peer = await FramePeer.OpenAsync(node.ClusterPort);

        Assert.Equal("unknown-action", (await peer.AskAsync("action=1&clientCount=1"))["code"]);
    }
}
