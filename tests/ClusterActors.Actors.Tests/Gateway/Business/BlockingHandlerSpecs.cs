using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Gateway.Business;

/// <summary>Business code that blocks its thread.</summary>
public sealed class BlockingHandlerSpecs : IAsyncLifetime
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedHandler _handler;
    private TestNode? _node;

    public BlockingHandlerSpecs() => _handler = new ScriptedHandler(neverBlocks: false)
    {
        Message = (client, text) =>
        {
            if (text == "block")
                _release.Task.Wait(Eventually.Limit);
            client.Say($"{Thread.CurrentThread.Name}: {text}");
        },
    };

    public async Task InitializeAsync() =>
        _node = await TestNode.StartAsync("worker { execution = auto, readerWriters = 1, threads = 2 }", _handler);

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _node!.DisposeAsync();
    }

    [Fact]
    public async Task Clients_are_spread_over_the_threads_and_each_stays_with_its_own()
    {
        using var first = await FramePeer.OpenAsync(_node!.BusinessPort);
        using var second = await FramePeer.OpenAsync(_node.BusinessPort);
        var threads = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            foreach (var client in (FramePeer[])[first, second])
            {
                await client.SendTextAsync("x");
                threads.Add(await client.ReadTextAsync());
            }
        }

        Assert.Equal(2, threads.Distinct().Count());
        Assert.Equal([threads[0], threads[1], threads[0], threads[1], threads[0], threads[1]], threads);
        Assert.All(threads, thread => Assert.Matches("^worker-thread-[01]: x$", thread));
    }

    [Fact]
    public async Task While_one_client_is_blocked_the_others_are_served_and_the_loop_reads_on()
    {
        using var blocked = await FramePeer.OpenAsync(_node!.BusinessPort);
        await blocked.SendAsync(Wire.Text("block"), Wire.Text("behind it"));
        await Eventually.HoldsAsync(() => _handler.Journal.Any(line => line.EndsWith(" block", StringComparison.Ordinal)), "it blocks");

        using (var other = await FramePeer.UpgradeAsync(_node.BusinessPort))
        {
            for (var i = 0; i < 20; i++)
            {
                await other.SendAsync(Wire.Masked($"{i}"));
                Assert.EndsWith($": {i}", await other.ReadTextAsync(), StringComparison.Ordinal);
            }
        }

        var view = await Fleet.FindAsync(_node.ClusterPort, "node-1");
        Assert.NotNull(view);
        _release.TrySetResult();
        Assert.EndsWith("block", await blocked.ReadTextAsync(), StringComparison.Ordinal);
        Assert.EndsWith("behind it", await blocked.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_ready_does_not_wait_for_the_handler_that_blocks_behind_it()
    {
        // The third client shares the thread of the first, and both messages reach it in one round of the loop.
        using var quick = await OpenAsync();
        using var other = await OpenAsync();
        using var blocked = await OpenAsync();
        using (await LoopHold.OfAsync(_node!.System))
        {
            await quick.SendTextAsync("quick");
            await blocked.SendTextAsync("block");
        }

        Assert.EndsWith("quick", await quick.ReadTextAsync(), StringComparison.Ordinal);
        Assert.False(_release.Task.IsCompleted);
    }

    [Fact]
    public async Task Work_that_waits_for_a_blocked_thread_is_reported()
    {
        using var blocked = await FramePeer.OpenAsync(_node!.BusinessPort);
        await blocked.SendTextAsync("block");

        await ShowsQueueAsync(1);

        _release.TrySetResult();
        await blocked.ReadTextAsync();
        await ShowsQueueAsync(0);
    }

    private async Task<FramePeer> OpenAsync()
    {
        var before = _handler.Clients.Count;
        var client = await FramePeer.OpenAsync(_node!.BusinessPort);
        await Eventually.EqualsAsync(before + 1, () => _handler.Clients.Count, "clients that came");
        return client;
    }

    private async Task ShowsQueueAsync(int length)
    {
        for (var tries = 0; tries < 3000; tries++)
        {
            var node = await Fleet.FindAsync(_node!.ClusterPort, "node-1");
            if (node is { } found && found.GetProperty("queueLength").GetInt32() == length)
                return;
            await Task.Delay(10);
        }

        Assert.Fail($"queueLength never became {length}");
    }
}
