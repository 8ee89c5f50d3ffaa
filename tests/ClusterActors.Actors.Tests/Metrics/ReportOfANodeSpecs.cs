using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Metrics;

/// <summary>What a whole node writes into its reports (PROTOCOL.md section 4.1), held against what it really is.</summary>
public sealed class ReportOfANodeSpecs
{
    private const string Hocon = "node = reporter-1, port = [0, 0], worker { readerWriters = 3, threads = 5, maxClientCount = 77, handler = echo }";

    [Fact]
    public async Task Every_name_of_the_protocol_is_there_and_true()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], Hocon);
        using var first = await FramePeer.OpenAsync(node.BusinessPorts[0]);
        using var second = await FramePeer.OpenAsync(node.BusinessPorts[1], lease: "claimed");
        using var link = await manager.LinkAsync();

        var reports = new List<Parameters>();
        while (reports.Count < 3 || reports[^1]["clientCount"] != "2" || reports[^1]["clustersCount"] != "1")
            reports.Add(await ManagerStub.TakeReportAsync(link));

        var last = reports[^1];
        Assert.Equal(["3", "5", "77", "3"], [last["readerWriterCount"], last["workerCount"], last["maxClientCount"], last["acceptorCount"]]);
        Assert.Equal(["reporter-1", "1", "1", "0", "0", "0", "0"], [last["node"], last["version"], last["role"], last["epoch"], last["draining"], last["localCount"], last["queueLength"]]);
        Assert.Equal("1", last["clustersCount"]);
        Assert.Equal($"{node.BusinessPorts[0]},{node.BusinessPorts[1]}", last["ports"]);
        Assert.Equal($"{node.BusinessPorts[0]}", last["port"]);
        Assert.Equal(Environment.ProcessorCount, int.Parse(last["coreCount"]));
        Assert.InRange(long.Parse(last["processMemory"]), 1, long.Parse(last["memoryUsed"]));
        Assert.InRange(long.Parse(last["memoryUsed"]), 1, long.Parse(last["memoryTotal"]));
        Assert.Contains(reports, report => report.Find("leases") == "claimed");
        Assert.All(["cpuUsage", "processCpuUsage"], name => Assert.Matches("^[0-9]{1,3}\\.[0-9]{2}$", last[name]));
    }

    [Fact]
    public async Task The_clients_are_counted_as_they_come_and_go()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], Hocon);
        using var link = await manager.LinkAsync();
        Assert.Equal("0", (await ManagerStub.TakeReportAsync(link))["clientCount"]);

        using (await FramePeer.OpenAsync(node.BusinessPorts[0]))
        {
            while ((await ManagerStub.TakeReportAsync(link))["clientCount"] != "1")
            {
            }
        }

        while ((await ManagerStub.TakeReportAsync(link))["clientCount"] != "0")
        {
        }
    }
}
