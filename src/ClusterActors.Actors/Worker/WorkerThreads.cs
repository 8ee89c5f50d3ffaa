using System.Collections.Immutable;

namespace ClusterActors.Actors.Worker;

/// <summary>The worker threads of a node; the worker publishes them here, the connections choose one each.</summary>
internal sealed class WorkerThreads
{
    private ImmutableArray<WorkerThread> _threads = [];

    /// <summary>Threads that run now.</summary>
    public int Count => _threads.Length;

    /// <summary>Pieces of work that are waiting or being done.</summary>
    public int Waiting => _threads.Sum(thread => thread.Waiting);

    /// <summary>The thread with the fewest clients.</summary>
    public WorkerThread Choose()
    {
        var threads = _threads;
        var best = threads[0];
        foreach (var thread in threads)
        {
            if (thread.Clients < best.Clients)
                best = thread;
        }

        return best;
    }

    /// <summary>Makes a thread available.</summary>
    public void Publish(WorkerThread thread) => ImmutableInterlocked.Update(ref _threads, threads => threads.Add(thread));
}
