using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.Dialing;

/// <summary>A server that is a manager and a worker reports to itself.</summary>
public sealed class SelfReportSpecs
{
    [Theory]
    [InlineData("")] // it is not listed at all
    [InlineData("host = \"10.11.12.13\"")] // others are told an address that leads somewhere else
    public async Task It_is_in_its_own_view(string hocon)
    {
        await using var node = await TestNode.StartAsync(hocon);

        await Fleet.ShowsAsync(node.ClusterPort, "node-1", "up");

        var self = (await Fleet.FindAsync(node.ClusterPort, "node-1"))!.Value;
        Assert.Equal(node.Settings.Host, self.GetProperty("ip").GetString());
        Assert.Equal(node.ClusterPort, self.GetProperty("clustersPort").GetInt32());
    }

    [Fact]
    public async Task Its_link_to_itself_is_none_to_another_server()
    {
        await using var node = await TestNode.StartAsync();
        await Fleet.ShowsAsync(node.ClusterPort, "node-1", "up");

        for (var tries = 0; ; tries++)
        {
            // The link that asks is one, too, while a report is made.
            var count = (await Fleet.FindAsync(node.ClusterPort, "node-1"))!.Value.GetProperty("clustersCount").GetInt32();
            Assert.InRange(count, 0, 2);
            if (count == 0)
                return;
            Assert.True(tries < 500, $"still {count} links");
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task A_client_that_asks_it_is_sent_to_it()
    {
        await using var node = await TestNode.StartAsync();
        await Fleet.ShowsAsync(node.ClusterPort, "node-1", "up");
        using var client = await FramePeer.OpenAsync(node.ClusterPort);

        var reply = await client.AskAsync("action=0");

        Assert.Equal(("node-1", $"{node.BusinessPort}"), (reply["node"], reply["port"]));
        using var served = await FramePeer.OpenAsync(node.BusinessPort, lease: reply["lease"]);
        await served.SendTextAsync("here I am");
        Assert.Equal("here I am", await served.ReadTextAsync());
    }
}
