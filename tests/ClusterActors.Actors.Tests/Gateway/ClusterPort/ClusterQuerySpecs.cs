using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

/// <summary>Action 70 (PROTOCOL.md section 4.7), asked and answered over real sockets.</summary>
public sealed class ClusterQuerySpecs
{
    private const string Stranger = "akka.tcp://test@127.0.0.1:1";

    [Theory]
    [InlineData("clustersRole = 2, port = []")]
    [InlineData("clustersRole = 1, clustersServer = [\"127.0.0.1:1\"]")]
    public async Task A_server_in_no_cluster_knows_none(string hocon)
    {
        await using var node = await TestNode.StartAsync(hocon);
        using var peer = await FramePeer.OpenAsync(node.ClusterPort);

        await peer.SendTextAsync("action=70&seq=7");

        Assert.Equal("action=1000&seq=7&cluster=&forming=0", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task A_business_port_does_not_answer_it()
    {
        await using var node = await TestNode.StartManagerAsync();
        using var peer = await FramePeer.OpenAsync(node.BusinessPort);

        await peer.SendTextAsync($"action=70&seq=7&cluster={Stranger}");

        Assert.Equal("not-authorized", new Parameters(await peer.ReadTextAsync())["code"]);
    }

    [Fact]
    public async Task What_the_asker_tells_is_believed()
    {
        // Holds no authority, since the other voter is not there: so it forms no cluster of its own first.
        await using var node = await TestNode.StartManagerAsync("akkaMember = on, clustersServer = [\"127.0.0.1:1\"]");
        using var peer = await FramePeer.OpenAsync(node.ClusterPort);

        // Membership begins after the port is open; who asks, asks again and again.
        var joining = node.HasLoggedAsync($"joining the Akka.Cluster through {Stranger}");
        while (!joining.IsCompleted)
        {
            await peer.SendTextAsync($"action=70&cluster={Stranger}");
            Assert.Equal("1000", new Parameters(await peer.ReadTextAsync())["action"]);
            await Task.WhenAny(joining, Task.Delay(100));
        }

        await joining;
    }

    [Fact]
    public async Task A_node_asks_its_manager_again_and_again_and_joins_what_it_is_told()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "akkaMember = on, report.interval = 1h");
        using var link = await manager.LinkAsync();

        var first = await TakeQuestionAsync(link);
        await link.SendTextAsync($"action=2000&seq={first["seq"]}&code=unknown-action&msg=what");
        var second = await TakeQuestionAsync(link);

        Assert.NotEqual(first["seq"], second["seq"]);
        Assert.Null(second.Find("cluster"));
        var joining = node.HasLoggedAsync($"joining the Akka.Cluster through {Stranger}");

        // An answer that comes late is none: it asks again then.
        for (var question = second; !joining.IsCompleted; question = await TakeQuestionAsync(link))
        {
            await link.SendTextAsync($"action=1000&seq={question["seq"]}&cluster={Stranger}&forming=0");
            await Task.WhenAny(joining, Task.Delay(100));
        }

        await joining;
    }

    private static async Task<Parameters> TakeQuestionAsync(FramePeer link)
    {
        while (true)
        {
            var message = new Parameters(await link.ReadTextAsync());
            if (message["action"] == "70")
                return message;
            if (message["action"] == "1")
                await link.SendAsync(Wire.Done);
        }
    }
}
