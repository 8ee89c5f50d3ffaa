using Akka.Actor;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Writes every message down.</summary>
internal sealed class JournalActor(Journal journal) : UntypedActor
{
    protected override void OnReceive(object message) => journal.Add(message);
}
