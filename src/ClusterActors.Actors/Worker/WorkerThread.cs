using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ClusterActors.Actors.Worker;

/// <summary>
/// A business worker: a thread of its own that runs handlers, which may block. Not a dispatcher of its actor, since an actor
/// whose handler never returns could never be stopped, nor could the actor system.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
internal sealed class WorkerThread(int number)
{
    private readonly ConcurrentQueue<BusinessWork> _queue = new();
    private readonly SemaphoreSlim _posted = new(0);
    private volatile bool _finishing;
    private int _waiting;
    private int _clients;

    /// <summary>Number of the thread, from 0.</summary>
    public int Number { get; } = number;

    /// <summary>Pieces of work that are waiting or being done; at most one per client.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Clients that send their messages here.</summary>
    public int Clients => Volatile.Read(ref _clients);

    /// <summary>Hands over a piece of work; a client has at most one under way, so its messages keep their order.</summary>
    public void Post(BusinessWork work)
    {
        Interlocked.Increment(ref _waiting);
        _queue.Enqueue(work);
        _posted.Release();
    }

    /// <summary>A piece of work is done.</summary>
    public void Done() => Interlocked.Decrement(ref _waiting);

    /// <summary>A client's messages come here from now on.</summary>
    public void Join() => Interlocked.Increment(ref _clients);

    /// <summary>A client's messages come here no more.</summary>
    public void Leave() => Interlocked.Decrement(ref _clients);

    /// <summary>Starts the thread.</summary>
    /// <param name="ended">Called on it at its end.</param>
    public void Start(Action ended) =>
        new Thread(() => Run(ended)) { Name = $"worker-thread-{Number}", IsBackground = true }.Start();

    /// <summary>Ends the thread when all that was posted is done. Does not wait for it.</summary>
    public void Finish()
    {
        _finishing = true;
        _posted.Release();
    }

    private void Run(Action ended)
    {
        while (true)
        {
            _posted.Wait();
            if (_queue.TryDequeue(out var work))
                work.Run();
            else if (_finishing)
                break;
        }

        ended();
    }
}
