using System.Threading.Channels;
using ClusterActors.Protocol.Data;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>Entries whose time runs while the server does not.</summary>
public sealed class ExpirySpecs
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    // The server counts in whole milliseconds.
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(2);

    [Fact]
    public async Task An_entry_expires_at_its_time_over_a_restart_and_does_not_come_back()
    {
        using var folder = new ScratchFolder();
        await using var server = new DataServer(folder.Path);
        await server.StartAsync();
        var before = DateTimeOffset.UtcNow;
        await using (var client = await DataClient.ConnectAsync(server.Port))
        {
            Assert.True((await client.PutAsync("short", "value", default, (int)Short.TotalSeconds)).IsOk);
            Assert.True((await client.PutAsync("long", "value", default, 3600)).IsOk);
        }

        await server.KillAsync();
        await server.StartAsync();
        await using (var client = await DataClient.ConnectAsync(server.Port))
        {
            await Fleet.HoldsAsync(async () => (await client.GetAsync("short")).Code == DataCode.NotFound, () => "the entry expires");
            Assert.True(DateTimeOffset.UtcNow - before >= Short - Rounding, "the entry expired before its time");
            Assert.Equal("value", await client.GetTextAsync("long"));
            await Fleet.HoldsAsync(async () => (await client.ListAsync("", "", 10)).Keys is ["long"], () => "the entry is not listed");
        }

        await server.KillAsync();
        await server.StartAsync();
        await using (var client = await DataClient.ConnectAsync(server.Port))
        {
            Assert.Equal(DataCode.NotFound, await client.GetTextAsync("short"));
            Assert.Equal("value", await client.GetTextAsync("long"));
            Assert.True((await client.PutAsync("short", "again", EntryCondition.Absent)).IsOk);
        }
    }

    [SkippableFact]
    public async Task A_watcher_is_told_that_an_entry_of_an_earlier_run_has_expired()
    {
        using var folder = new ScratchFolder();
        await using var server = new DataServer(folder.Path);
        await server.StartAsync();
        DataReply written;
        await using (var client = await DataClient.ConnectAsync(server.Port))
            written = await client.PutAsync("key", "value", default, 6);
        await server.KillAsync();
        await server.StartAsync();

        var pushes = Channel.CreateUnbounded<DataPush>();
        await using var watcher = await DataClient.ConnectAsync(server.Port, push => pushes.Writer.TryWrite(push));
        Assert.True((await watcher.WatchAsync("")).IsOk);
        var isThere = (await watcher.GetAsync("key")).IsOk;
        Skip.IfNot(isThere, "the server took longer to start than the entry lived");

        var push = await pushes.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Limit);

        Assert.Equal((DataChangeKind.Expire, "key"), (push.Kind, push.Key));
        Assert.True(Floor.At(push.Version) > Floor.At(written.Version!.Value));
        Assert.Equal(DataCode.NotFound, await watcher.GetTextAsync("key"));
    }
}
