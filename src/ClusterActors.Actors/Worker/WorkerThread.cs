using Akka.Actor;

namespace ClusterActors.Actors.Worker;

/// <summary>A business worker with a thread of its own, as the connections see it.</summary>
internal sealed class WorkerThread(int number, IActorRef actor)
{
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
        actor.Tell(work, ActorRefs.NoSender);
    }

    /// <summary>A piece of work is done.</summary>
    public void Done() => Interlocked.Decrement(ref _waiting);

    /// <summary>A client's messages come here from now on.</summary>
    public void Join() => Interlocked.Increment(ref _clients);

    /// <summary>A client's messages come here no more.</summary>
    public void Leave() => Interlocked.Decrement(ref _clients);
}
