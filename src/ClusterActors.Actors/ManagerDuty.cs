using Akka.Actor;

namespace ClusterActors.Actors;

/// <summary>
/// The manager of a node, if it has one: from its start on by its role, or since management authority was handed over to it. Safe to share.
/// </summary>
/// <param name="start">Starts the manager; called at most once.</param>
internal sealed class ManagerDuty(Func<IActorRef> start)
{
    private IActorRef? _manager;

    /// <summary>The manager; null while this node is none.</summary>
    public IActorRef? Current => Volatile.Read(ref _manager);

    /// <summary>Begins to manage, if this node does not yet. To be called by one thread at a time.</summary>
    /// <returns>The manager.</returns>
    public IActorRef Begin()
    {
        if (_manager is null)
            Volatile.Write(ref _manager, start());
        return _manager!;
    }
}
