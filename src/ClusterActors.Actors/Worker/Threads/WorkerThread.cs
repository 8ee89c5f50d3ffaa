using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ClusterActors.Actors.Worker.Threads;

/// <summary>
/// A business worker: a thread of its own that runs handlers, which may block. Not a dispatcher of its actor, since an actor
/// whose handler never returns could never be stopped, nor could the actor system.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An event without a wait handle holds nothing.")]
internal sealed class WorkerThread(int number)
{
    private readonly ConcurrentQueue<BusinessWork> _queue = new();

    // Without spinning: at a load that leaves gaps, that cost more than the work itself.
    private readonly ManualResetEventSlim _wake = new(false, spinCount: 0);

    // A bit above the number of clients: one word says who is here and whether anyone may still come, so that a client
    // cannot join between the look at the number and the end of the thread.
    private const int Retiring = 1 << 30;

    private volatile bool _abandoned;
    private int _asleep;
    private int _waiting;
    private int _joined;

    /// <summary>Number of the thread, from 0; never used again.</summary>
    public int Number { get; } = number;

    /// <summary>Pieces of work that are waiting or being done; at most one per client.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Clients that send their messages here.</summary>
    public int Clients => Volatile.Read(ref _joined) & ~Retiring;

    /// <summary>Whether the thread takes no further client and ends once the last has left.</summary>
    public bool IsRetiring => (Volatile.Read(ref _joined) & Retiring) != 0;

    private bool IsOver => _abandoned || Volatile.Read(ref _joined) == Retiring;

    /// <summary>Hands over work; a client has at most one under way, so its messages keep their order.</summary>
    public void Post(BusinessWork work)
    {
        Interlocked.Add(ref _waiting, work.Pieces);
        _queue.Enqueue(work);
        WakeIfAsleep();
    }

    /// <summary>A piece of work is done.</summary>
    public void Done() => Interlocked.Decrement(ref _waiting);

    /// <summary>A client's messages come here from now on, unless the thread retires. Until it has left, the thread does not end.</summary>
    public bool TryJoin()
    {
        for (var seen = Volatile.Read(ref _joined); (seen & Retiring) == 0;)
        {
            var before = Interlocked.CompareExchange(ref _joined, seen + 1, seen);
            if (before == seen)
                return true;
            seen = before;
        }

        return false;
    }

    /// <summary>A client's messages come here no more; called when no piece of that client's work is under way, or on the thread with the last one.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _joined) == Retiring)
            WakeIfAsleep();
    }

    /// <summary>Starts the thread.</summary>
    /// <param name="ended">Called on it at its end.</param>
    public void Start(Action ended) =>
        new Thread(() => Run(ended)) { Name = $"worker-thread-{Number}", IsBackground = true }.Start();

    /// <summary>Takes no further client, and ends the thread when all that was posted is done and every client has left it. Does not wait for that.</summary>
    public void Retire()
    {
        Interlocked.Or(ref _joined, Retiring);
        WakeIfAsleep();
    }

    /// <summary>Ends the thread when all that was posted is done, and no matter who would still come. Does not wait for that.</summary>
    public void Abandon()
    {
        _abandoned = true;
        WakeIfAsleep();
    }

    private void WakeIfAsleep()
    {
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
            _wake.Set();
    }

    private void Run(Action ended)
    {
        while (true)
        {
            while (_queue.TryDequeue(out var work))
                work.Run();

            // In this order: what was posted before the end was ordered is in the queue by now.
            if (IsOver && _queue.IsEmpty)
                break;

            // Whoever posts after this line sees the flag and wakes the thread; what was posted before is seen below.
            Interlocked.Exchange(ref _asleep, 1);
            var nothing = _queue.IsEmpty && !IsOver;
            if (!nothing && Interlocked.Exchange(ref _asleep, 0) == 1)
                continue;
            _wake.Wait();
            _wake.Reset();
        }

        ended();
    }
}
