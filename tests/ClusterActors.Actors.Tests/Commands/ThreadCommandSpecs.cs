using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Commands;

/// <summary>Worker threads are added and removed while clients are served (actions 2 and 3).</summary>
public sealed class ThreadCommandSpecs
{
    /// <summary>Numbers that come back with the thread that handled each.</summary>
    private static ScriptedHandler Echo() => new(neverBlocks: false)
    {
        Message = (client, text) => client.Say($"{Thread.CurrentThread.Name} {text}"),
    };

    [Fact]
    public async Task Threads_are_added_and_removed_and_the_next_report_says_so()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 2");

        Assert.Equal(("2", "5"), await worker.DoAsync("action=2&count=3"));
        await worker.ReportAsync("workerCount", "5");
        Assert.Equal(("5", "1"), await worker.DoAsync("action=3&count=4"));
        await worker.ReportAsync("workerCount", "1");
    }

    [Fact]
    public async Task The_last_one_stays_and_there_is_a_bound()
    {
        await using var worker = await CommandedWorker.StartAsync("worker { threads = 2, maxThreads = 4 }");

        Assert.Equal(
            ("out-of-range", "this server has 2 worker threads; the last one cannot be removed: up to 1 can go, not 2"),
            await worker.RefusedAsync("action=3&count=2"));
        Assert.Equal(
            ("out-of-range", "this server has 2 worker threads; 3 more are too many, worker.maxThreads allows 4 in all: up to 2 can be added"),
            await worker.RefusedAsync("action=2&count=3"));
        Assert.Equal(("2", "4"), await worker.DoAsync("action=2&count=2"));
    }

    [Fact]
    public async Task Added_threads_take_clients_that_are_there_already()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 1", Echo());
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FramePeer.OpenAsync(worker.Node.BusinessPort)));
        foreach (var client in clients)
            Assert.Equal("worker-thread-0 a", await AskAsync(client, "a"));

        await worker.DoAsync("action=2&count=1");
        var threads = new List<string>();
        for (var round = 0; round < 2; round++)
        {
            foreach (var client in clients)
                threads.Add(await AskAsync(client, "b"));
        }

        // The seat is changed before a batch is handed over, so the second round is where the clients stay.
        Assert.Equal(4, threads.TakeLast(8).Count(answer => answer == "worker-thread-1 b"));
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task Idle_clients_leave_a_removed_thread_so_that_it_ends()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 3", Echo());
        var clients = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => FramePeer.OpenAsync(worker.Node.BusinessPort)));
        foreach (var client in clients)
            await AskAsync(client, "a");

        var reply = await worker.CommandAsync("action=3&count=2");

        Assert.Equal(("3", "1", null), (reply["before"], reply["after"], reply.Find("finishing")));
        foreach (var client in clients)
            Assert.Equal("worker-thread-0 b", await AskAsync(client, "b"));
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task A_thread_whose_handler_blocks_finishes_what_it_has_while_new_work_goes_elsewhere()
    {
        var release = new TaskCompletionSource();
        var handler = new ScriptedHandler(neverBlocks: false)
        {
            Message = (client, text) =>
            {
                if (text == "block")
                    release.Task.Wait(Eventually.Limit);
                client.Say($"{Thread.CurrentThread.Name} {text}");
            },
        };
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 2", handler);
        var clients = new List<FramePeer>();
        for (var i = 0; i < 4; i++)
        {
            clients.Add(await FramePeer.OpenAsync(worker.Node.BusinessPort));
            await AskAsync(clients[^1], "a");
        }

        var blocked = clients[1];
        Assert.Equal("worker-thread-1 a", await AskAsync(blocked, "a"));
        await blocked.SendAsync(Wire.Text("block"), Wire.Text("behind it"));
        await Eventually.HoldsAsync(() => handler.Journal.Any(line => line.EndsWith(" block", StringComparison.Ordinal)), "it blocks");

        var reply = await worker.CommandAsync("action=3&count=1");

        Assert.Equal(("2", "1", "1"), (reply["before"], reply["after"], reply["finishing"]));
        foreach (var other in (FramePeer[])[clients[0], clients[2], clients[3]])
            Assert.Equal("worker-thread-0 b", await AskAsync(other, "b"));
        release.SetResult();
        Assert.Equal("worker-thread-1 block", await blocked.ReadTextAsync());
        Assert.EndsWith(" behind it", await blocked.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal("worker-thread-0 c", await AskAsync(blocked, "c"));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_number_is_never_used_again()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 2", Echo());
        await worker.DoAsync("action=3&count=1");
        await worker.DoAsync("action=2&count=1");
        using var first = await FramePeer.OpenAsync(worker.Node.BusinessPort);
        using var second = await FramePeer.OpenAsync(worker.Node.BusinessPort);

        var threads = new[] { await AskAsync(first, ""), await AskAsync(second, "") };

        Assert.Equal(["worker-thread-0 ", "worker-thread-2 "], threads.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_message_is_lost_or_out_of_order_while_the_number_changes_again_and_again()
    {
        const int Clients = 12;
        await using var worker = await CommandedWorker.StartAsync("worker { threads = 2, readerWriters = 2 }", Echo());
        using var stop = new CancellationTokenSource();
        var talks = Enumerable.Range(0, Clients).Select(number => TalkAsync(worker.Node.BusinessPort, number, stop.Token)).ToList();

        var random = new Random(4711);
        var threads = 2;
        for (var i = 0; i < 100; i++)
        {
            var target = random.Next(1, 17);
            if (target > threads)
                await worker.DoAsync($"action=2&count={target - threads}");
            else if (target < threads)
                await worker.DoAsync($"action=3&count={threads - target}");
            threads = target;
        }

        await stop.CancelAsync();
        var counts = await Task.WhenAll(talks);
        Assert.All(counts, count => Assert.InRange(count, 1, int.MaxValue));
    }

    /// <summary>Sends numbers, several at a time, and checks that all come back in their order.</summary>
    private static async Task<int> TalkAsync(int port, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        using var client = seed % 2 == 0 ? await FramePeer.OpenAsync(port) : await FramePeer.UpgradeAsync(port);
        var next = 0;
        while (!stop.IsCancellationRequested)
        {
            var burst = random.Next(1, 6);
            await client.SendAsync([.. Enumerable.Range(next, burst).Select(number => Wire.Masked($"{number}"))]);
            for (var i = 0; i < burst; i++)
                Assert.EndsWith($" {next + i}", await client.ReadTextAsync(), StringComparison.Ordinal);
            next += burst;
            if (random.Next(4) == 0)
                await Task.Yield();
        }

        return next;
    }

    private static async Task<string> AskAsync(FramePeer client, string text)
    {
        await client.SendTextAsync(text);
        return await client.ReadTextAsync();
    }
}
