using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.Business;

/// <summary>The allocation that a client presents when it connects (PROTOCOL.md sections 1.1, 4.2 and 7).</summary>
public sealed class LeaseSpecs
{
    [Fact]
    public async Task Leases_of_the_header_and_of_the_query_are_told_once_in_the_next_report()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "worker.handler = echo");
        using var link = await manager.LinkAsync();
        await ManagerStub.TakeReportAsync(link);

        using var raw = await FramePeer.OpenAsync(node.BusinessPort, lease: "header-lease_1");
        using var web = await FramePeer.UpgradeAsync(node.BusinessPort, "/?lease=query-lease_2");
        using var without = await FramePeer.OpenAsync(node.BusinessPort);

        var told = new List<string>();
        for (var reports = 0; told.Count < 2 || reports < 5; reports++)
            told.AddRange((await ManagerStub.TakeReportAsync(link)).Find("leases")?.Split(',') ?? []);
        Assert.Equal(["header-lease_1", "query-lease_2"], told);
    }

    [Fact]
    public async Task A_lease_that_is_none_is_refused()
    {
        await using var node = await TestNode.StartAsync("clustersSwitch = 0");
        using var client = await FramePeer.ConnectAsync(node.BusinessPort);

        await client.Tcp.SendAsync(Wire.Request(lease: "with space"));

        Assert.Contains("Lease", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_is_refused_claims_nothing()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "worker.maxClientCount = 1");
        using var link = await manager.LinkAsync();
        using var client = await FramePeer.OpenAsync(node.BusinessPort, lease: "mine");
        using var refused = await FramePeer.ConnectAsync(node.BusinessPort);
        await refused.Tcp.SendAsync(Wire.Request(lease: "not-mine"));
        await refused.ReadToEndAsync();

        var told = new List<string>();
        for (var reports = 0; told.Count < 1 || reports < 5; reports++)
            told.AddRange((await ManagerStub.TakeReportAsync(link)).Find("leases")?.Split(',') ?? []);
        Assert.Equal(["mine"], told);
    }

    [Fact]
    public async Task A_claimed_lease_no_longer_counts_against_the_worker()
    {
        await using var node = await TestNode.StartAsync("worker { maxClientCount = 1, handler = echo }");
        await Fleet.ShowsAsync(node.ClusterPort, "node-1", "up");
        using var asker = await FramePeer.OpenAsync(node.ClusterPort);
        var granted = await asker.AskAsync("action=0");
        while (granted.Find("lease") is null)
            granted = await asker.AskAsync("action=0"); // the first report may have come before the port was open
        Assert.Equal("no-capacity", (await asker.AskAsync("action=0")).Find("code"));

        using (await FramePeer.OpenAsync(node.BusinessPort, lease: granted["lease"]))
            await FreeAsync(asker, free: false, why: "the client is there");

        await FreeAsync(asker, free: true, why: "client and lease are gone");
    }

    private static async Task FreeAsync(FramePeer asker, bool free, string why)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var isFree = (await asker.AskAsync("action=0")).Find("lease") is not null;
            if (isFree && !free)
                Assert.Fail($"a place was given away while {why}");
            if (isFree)
                return;
            if (!free && tries == 20)
                return;
            await Task.Delay(20);
        }

        Assert.Fail($"no place is free although {why}");
    }
}
