using Akka.Actor;
using ClusterActors.Architecture.Tests.Samples.Metrics;

namespace ClusterActors.Architecture.Tests.Samples.Manager;

/// <summary>Starts another duty's actor instead of being given a reference.</summary>
internal static class ManagerThatKnowsAnotherDuty
{
    public static IActorRef Start(IActorRefFactory factory) => factory.ActorOf(WellShapedActor.Props(), "metrics");
}
