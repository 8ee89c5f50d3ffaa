using Akka.Actor;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Writes down that an actor has stopped.</summary>
internal sealed class DeathWatcher : UntypedActor
{
    private readonly Journal _journal;

    public DeathWatcher(IActorRef watched, Journal journal)
    {
        _journal = journal;
        Context.Watch(watched);
    }

    protected override void OnReceive(object message) => _journal.Add(message);
}
