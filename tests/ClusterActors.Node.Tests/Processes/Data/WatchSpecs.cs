using System.Collections.Concurrent;
using ClusterActors.Protocol.Data;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>Watchers of everything while clients load the store.</summary>
public sealed class WatchSpecs : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly History _history = new();
    private readonly ConcurrentQueue<EntryVersion> _pushed = new();

    [Fact]
    public async Task A_watcher_is_pushed_every_write_once_in_the_order_of_versions()
    {
        await using var server = new DataServer(_folder.Path);
        await server.StartAsync();
        await using var watcher = await WatchAsync(server.Port);
        await using (var load = await DataLoad.StartAsync(server.Port, _history, 21))
        {
            await load.HasWrittenAsync(1_000);
            await load.FinishAsync();
        }

        var acknowledged = _history.Deeds.Where(deed => deed.IsWrite && deed.End == DeedEnd.Done).Select(deed => deed.Version!.Value).ToHashSet();
        var newest = acknowledged.MaxBy(Floor.Order);
        await Eventually.HoldsAsync(() => _pushed.Contains(newest), $"version {newest} is pushed");

        AssertInOrder();
        Assert.Equal(acknowledged.OrderBy(Floor.Order), _pushed);
        Assert.Empty(HistoryCheck.Run(_history.Deeds));
    }

    [Fact]
    public async Task What_a_watcher_was_pushed_before_a_kill_is_there_after_it()
    {
        await using var server = new DataServer(_folder.Path);
        await server.StartAsync();
        await using var watcher = await WatchAsync(server.Port);
        await using (var load = await DataLoad.StartAsync(server.Port, _history, 22))
        {
            await load.HasWrittenAsync(500);
            await server.KillAsync();
            await load.FinishAsync();
        }

        await Eventually.HoldsAsync(() => watcher.IsOver, "the watcher has read all that was sent");
        _history.Restarted();
        await server.StartAsync();

        AssertInOrder();
        Assert.NotEmpty(_pushed);
        await Readback.AssertAsync(server.Port, _history, "reader", "seed 22");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<DataClient> WatchAsync(int port)
    {
        var watcher = await DataClient.ConnectAsync(port, push =>
        {
            _pushed.Enqueue(push.Version);
            _history.Add("watcher", push);
        });
        Assert.True((await watcher.WatchAsync("")).IsOk);
        return watcher;
    }

    private void AssertInOrder() =>
        Assert.All(_pushed.Zip(_pushed.Skip(1)), pair => Assert.True(Floor.At(pair.First) < Floor.At(pair.Second), $"{pair.Second} was pushed after {pair.First}"));
}
