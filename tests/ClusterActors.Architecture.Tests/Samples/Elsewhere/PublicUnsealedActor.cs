using Akka.Actor;

namespace ClusterActors.Architecture.Tests.Samples.Elsewhere;

/// <summary>Everything an actor should not be; an actor only through a base of its own.</summary>
public class PublicUnsealedActor : AbstractSampleActor
{
    protected override void OnReceive(object message) => Unhandled(message);
}
