using ClusterActors.Protocol.Data;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>A worker whose disk is full, on a small disk of its own.</summary>
public sealed class FullDiskSpecs
{
    private const int Mebi = 1024 * 1024;
    private const int Reserve = 8 * Mebi;
    private static readonly string[] OnSmallDisk = ["store.segmentSize=1MiB", "store.memory=8MiB", "store.reserve=8MiB"];
    private static readonly string[] OwnManager = ["clustersSwitch=1", "clustersRole=3", "clustersPort=0", "clustersServer=[]"];

    [SkippableFact]
    public async Task A_full_disk_refuses_writes_serves_reads_leaves_allocation_and_comes_back_by_itself()
    {
        await SkipUnlessItCanBeMadeAsync();
        using var disk = await SmallDisk.MountAsync(64);
        var history = new History();
        await using var server = new DataServer(disk.Path, [.. OnSmallDisk, .. OwnManager]) { Outer = disk.Within };
        await server.StartAsync();
        await Fleet.SeesAsync(server.Manager, "data-1", ServerState.Up);
        await using (var load = await DataLoad.StartAsync(server.Port, history, 31))
        {
            await load.HasWrittenAsync(200);
            await FillAsync(disk, server, Reserve / 2);
            await Fleet.HoldsAsync(() => Task.FromResult(load.Refused > 0), () => "writes are refused");
            await load.FinishAsync();
        }

        await using var client = await DataClient.ConnectAsync(server.Port);
        await IsRefusedAsync(client);
        await Readback.AssertAsync(server.Port, history, "reader", "seed 31");
        await Fleet.SeesAsync(server.Manager, "data-1", ServerState.Draining);

        disk.Free();
        await TakesWritesAsync(client);
        await Fleet.SeesAsync(server.Manager, "data-1", ServerState.Up);
        await Readback.AssertAsync(server.Port, history, "later reader", "seed 31");
    }

    [SkippableFact]
    public async Task A_server_that_is_killed_while_its_disk_is_full_starts_again_and_has_everything()
    {
        await SkipUnlessItCanBeMadeAsync();
        using var disk = await SmallDisk.MountAsync(64);
        var history = new History();
        await using var server = new DataServer(disk.Path, OnSmallDisk) { Outer = disk.Within };
        await server.StartAsync();
        await using (var load = await DataLoad.StartAsync(server.Port, history, 32))
        {
            await load.HasWrittenAsync(300);
            await FillAsync(disk, server, Reserve / 2);
            await server.KillAsync();
            await load.FinishAsync();
        }

        history.Restarted();
        await server.StartAsync();

        await Readback.AssertAsync(server.Port, history, "reader", "seed 32");
        await using var client = await DataClient.ConnectAsync(server.Port);
        await IsRefusedAsync(client);
        disk.Free();
        await TakesWritesAsync(client);
    }

    [SkippableFact]
    public async Task A_disk_that_somebody_else_fills_to_the_last_byte_loses_nothing()
    {
        await SkipUnlessItCanBeMadeAsync();
        using var disk = await SmallDisk.MountAsync(64);
        var history = new History();
        await using var server = new DataServer(disk.Path, OnSmallDisk) { Outer = disk.Within };
        await server.StartAsync();
        await using (var load = await DataLoad.StartAsync(server.Port, history, 33, new LoadShape { Lengths = [20_000, 50_000] }))
        {
            await load.HasWrittenAsync(100);
            await FillAsync(disk, server, 0);
            await load.FinishAsync();
        }

        await using (var client = await DataClient.ConnectAsync(server.Port))
        {
            await IsRefusedAsync(client);
            await Readback.AssertAsync(server.Port, history, "reader", "seed 33");
            disk.Free();
            await TakesWritesAsync(client);
        }

        await server.KillAsync();
        history.Restarted();
        await server.StartAsync();
        await Readback.AssertAsync(server.Port, history, "later reader", "seed 33");
    }

    private static async Task SkipUnlessItCanBeMadeAsync() => Skip.If(await SmallDisk.WhyNotAsync() is not null, await SmallDisk.WhyNotAsync());

    /// <summary>Keeps the disk full, also where the server gives something back, until it says so.</summary>
    private static Task FillAsync(SmallDisk disk, DataServer server, long bytesLeft) =>
        Fleet.HoldsAsync(
            () =>
            {
                disk.Fill(bytesLeft);
                return Task.FromResult(server.Says("is full", "nothing is written until there is space"));
            },
            () => $"the server says that its disk is full\n{server.Output}");

    private static async Task IsRefusedAsync(DataClient client)
    {
        var refused = await client.PutAsync("after", "value");
        Assert.Equal(DataCode.Unavailable, refused.Code);
        Assert.Contains("full", refused.Msg, StringComparison.Ordinal);
    }

    private static async Task TakesWritesAsync(DataClient client)
    {
        await Fleet.HoldsAsync(async () => (await client.PutAsync("key of this spec", "value")).IsOk, () => "writes are taken again");
        Assert.Equal("value", await client.GetTextAsync("key of this spec"));
        Assert.True((await client.RemoveAsync("key of this spec")).IsOk);
    }
}
