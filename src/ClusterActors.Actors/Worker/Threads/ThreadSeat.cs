namespace ClusterActors.Actors.Worker.Threads;

/// <summary>
/// The place of one client on a worker thread. The client keeps its thread, so that its messages keep their order, until the
/// set of threads changes. Used on one thread only, the one of the client's connection.
/// </summary>
internal struct ThreadSeat(WorkerThreads threads)
{
    private int _version;

    /// <summary>The thread the client has joined; <see langword="null"/> before the first time.</summary>
    public WorkerThread? Thread { get; private set; }

    /// <summary>Whether the threads have changed since the client took its seat.</summary>
    public readonly bool IsStale => Thread is null || _version != threads.Version;

    /// <summary>Takes the seat that is best now. To be called only while no piece of the client's work is under way.</summary>
    /// <returns>The thread; <see langword="null"/> when none takes clients any more.</returns>
    public WorkerThread? Settle()
    {
        if (!IsStale)
            return Thread;

        // Read first: a change that comes in between is looked at the next time.
        _version = threads.Version;
        return Thread = threads.Settle(Thread);
    }
}
