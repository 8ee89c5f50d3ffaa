using Akka.Actor;

namespace ClusterActors.Architecture.Tests.Samples.Metrics;

/// <summary>An actor as it should be.</summary>
internal sealed class WellShapedActor : UntypedActor
{
    public static Props Props() => Akka.Actor.Props.Create(() => new WellShapedActor());

    protected override void OnReceive(object message) => Unhandled(message);
}
