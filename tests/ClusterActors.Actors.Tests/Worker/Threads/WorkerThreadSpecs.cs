using System.Collections.Concurrent;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Threads;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Worker.Threads;

public class WorkerThreadSpecs
{
    private sealed class Work(WorkerThread thread, Action run) : BusinessWork
    {
        public override int Pieces => 1;

        public override void Run()
        {
            run();
            thread.Done();
        }
    }

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<(int Number, string? Thread)> _done = new();

    private WorkerThread Start()
    {
        var thread = new WorkerThread(7);
        thread.Start(() => _ended.SetResult());
        return thread;
    }

    private void Post(WorkerThread thread, int number) =>
        thread.Post(new Work(thread, () => _done.Enqueue((number, Thread.CurrentThread.Name))));

    [Fact]
    public async Task Work_is_done_in_its_order_on_the_one_thread()
    {
        var thread = Start();

        for (var i = 0; i < 10_000; i++)
            Post(thread, i);
        thread.Retire();
        await _ended.Task.WaitAsync(Eventually.Limit);

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => (i, (string?)"worker-thread-7")), _done);
    }

    [Fact]
    public async Task Work_of_many_posters_wakes_it_every_time()
    {
        var thread = Start();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(poster => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
                Post(thread, (poster * 5_000) + i);
        })));

        // Nothing more is posted: whatever was not woken for would never be done.
        await Eventually.EqualsAsync(20_000, () => _done.Count, "work that is done");
        Assert.All(Enumerable.Range(0, 4), poster => Assert.Equal(
            Enumerable.Range(poster * 5_000, 5_000), _done.Select(work => work.Number).Where(number => number / 5_000 == poster)));
        thread.Retire();
        await _ended.Task.WaitAsync(Eventually.Limit);
    }

    [Fact]
    public async Task What_waits_and_what_is_being_done_is_counted()
    {
        var thread = Start();
        var release = new TaskCompletionSource();
        thread.Post(new Work(thread, () => release.Task.Wait(Eventually.Limit)));
        Post(thread, 1);
        Post(thread, 2);
        Assert.Equal(3, thread.Waiting);

        release.SetResult();

        await Eventually.EqualsAsync(0, () => thread.Waiting, "waiting work");
        thread.Abandon();
    }

    [Fact]
    public async Task It_ends_only_when_its_last_client_has_left()
    {
        var thread = Start();
        Assert.True(thread.TryJoin());
        thread.Retire();
        Post(thread, 1);
        await Eventually.EqualsAsync(1, () => _done.Count, "work after the order to finish");
        Assert.False(_ended.Task.IsCompleted);

        thread.Post(new Work(thread, thread.Leave));

        await _ended.Task.WaitAsync(Eventually.Limit);
    }

    [Fact]
    public async Task Abandoned_it_does_what_it_has_and_waits_for_nobody()
    {
        var thread = Start();
        Assert.True(thread.TryJoin());
        Post(thread, 1);

        thread.Abandon();

        await _ended.Task.WaitAsync(Eventually.Limit);
        Assert.Single(_done);
    }

    [Fact]
    public void Retired_it_takes_nobody_and_keeps_whom_it_has()
    {
        var thread = new WorkerThread(7);
        Assert.True(thread.TryJoin());
        thread.Retire();

        Assert.False(thread.TryJoin());

        Assert.Equal((1, true), (thread.Clients, thread.IsRetiring));
    }

    [Fact]
    public async Task From_the_moment_it_retires_nobody_joins_who_was_just_about_to()
    {
        for (var round = 0; round < 500; round++)
        {
            var thread = new WorkerThread(round);
            var joining = Task.Run(() =>
            {
                for (var i = 0; i < 1_000_000 && thread.TryJoin(); i++)
                {
                    // On and on, so that the order comes in the middle of it.
                }
            });
            while (thread.Clients == 0)
                Thread.Yield();

            thread.Retire();
            var clients = thread.Clients;

            await joining;
            Assert.Equal(clients, thread.Clients);
        }
    }

    [Fact]
    public async Task A_client_that_leaves_from_elsewhere_wakes_it_for_its_end()
    {
        var thread = Start();
        Assert.True(thread.TryJoin());
        Assert.True(thread.TryJoin());
        thread.Retire();
        thread.Leave();
        Assert.False(_ended.Task.IsCompleted);

        thread.Leave();

        await _ended.Task.WaitAsync(Eventually.Limit);
    }

    [Fact]
    public async Task Whoever_joins_while_it_is_retired_is_served_or_turned_away_and_never_lost()
    {
        for (var round = 0; round < 200; round++)
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var thread = new WorkerThread(round);
            thread.Start(ended.SetResult);
            var (joined, served) = (0, 0);
            using var together = new Barrier(4);
            var clients = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                together.SignalAndWait();
                for (var i = 0; i < 50 && thread.TryJoin(); i++)
                {
                    Interlocked.Increment(ref joined);
                    thread.Post(new Work(thread, () =>
                    {
                        Interlocked.Increment(ref served);
                        thread.Leave();
                    }));
                }
            })).ToList();

            together.SignalAndWait();
            thread.Retire();
            await Task.WhenAll(clients);

            await ended.Task.WaitAsync(Eventually.Limit);
            Assert.Equal((joined, 0), (served, thread.Clients));
        }
    }
}
