using System.Collections.Immutable;

namespace ClusterActors.Actors.Worker.Threads;

/// <summary>
/// The worker threads of a node that take clients: the worker publishes and withdraws them here, each client's connection
/// settles on one.
/// </summary>
internal sealed class WorkerThreads
{
    // What a client gains by a move; one less and a crowd would move to and fro.
    private const int WorthMoving = 2;

    private ImmutableArray<WorkerThread> _threads = [];
    private int _version;

    /// <summary>Threads that take clients now.</summary>
    public int Count => _threads.Length;

    /// <summary>Another number whenever the threads have changed. Cheap enough to be read for every batch.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Pieces of work that are waiting or being done.</summary>
    public int Waiting => _threads.Sum(thread => thread.Waiting);

    /// <summary>
    /// Finds the thread a client belongs on: the one it has, unless that retires or another has clearly fewer clients. To be
    /// called only while no piece of the client's work is under way.
    /// </summary>
    /// <param name="present">The thread it has joined, if any.</param>
    /// <returns>The thread it has joined now; <see langword="null"/> when there is none that takes it: the node is leaving.</returns>
    public WorkerThread? Settle(WorkerThread? present)
    {
        while (Fewest() is { } best)
        {
            if (present is { IsRetiring: false } && present.Clients < best.Clients + WorthMoving)
                return present;
            if (!best.TryJoin())
                continue;
            present?.Leave();
            return best;
        }

        return present;
    }

    /// <summary>Makes a thread available.</summary>
    public void Publish(WorkerThread thread)
    {
        ImmutableInterlocked.Update(ref _threads, threads => threads.Add(thread));
        Interlocked.Increment(ref _version);
    }

    /// <summary>Takes a thread away from those that take clients, and retires it.</summary>
    public void Withdraw(WorkerThread thread)
    {
        // In this order: a client that cannot join finds the thread no more, and one that sees the new version sees that it retires.
        ImmutableInterlocked.Update(ref _threads, threads => threads.Remove(thread));
        thread.Retire();
        Interlocked.Increment(ref _version);
    }

    private WorkerThread? Fewest()
    {
        WorkerThread? best = null;
        foreach (var thread in _threads)
        {
            if (best is null || thread.Clients < best.Clients)
                best = thread;
        }

        return best;
    }
}
