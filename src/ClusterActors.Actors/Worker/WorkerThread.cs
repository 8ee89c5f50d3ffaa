using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ClusterActors.Actors.Worker;

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

    private volatile bool _finishing;
    private volatile bool _abandoned;
    private int _asleep;
    private int _waiting;
    private int _clients;

    /// <summary>Number of the thread, from 0.</summary>
    public int Number { get; } = number;

    /// <summary>Pieces of work that are waiting or being done; at most one per client.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Clients that send their messages here.</summary>
    public int Clients => Volatile.Read(ref _clients);

    private bool IsOver => _abandoned || (_finishing && Clients == 0);

    /// <summary>Hands over work; a client has at most one under way, so its messages keep their order.</summary>
    public void Post(BusinessWork work)
    {
        Interlocked.Add(ref _waiting, work.Pieces);
        _queue.Enqueue(work);
        WakeIfAsleep();
    }

    /// <summary>A piece of work is done.</summary>
    public void Done() => Interlocked.Decrement(ref _waiting);

    /// <summary>A client's messages come here from now on.</summary>
    public void Join() => Interlocked.Increment(ref _clients);

    /// <summary>A client's messages come here no more; called on the thread, with the last piece of that client's work.</summary>
    public void Leave() => Interlocked.Decrement(ref _clients);

    /// <summary>Starts the thread.</summary>
    /// <param name="ended">Called on it at its end.</param>
    public void Start(Action ended) =>
        new Thread(() => Run(ended)) { Name = $"worker-thread-{Number}", IsBackground = true }.Start();

    /// <summary>Ends the thread when all that was posted is done and every client has left it. Does not wait for that.</summary>
    public void Finish()
    {
        _finishing = true;
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
            if (IsOver)
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
