using Akka.Actor;
using ClusterActors.Architecture.Tests.Samples.Metrics;
using ClusterActors.Transport;

namespace ClusterActors.Architecture.Tests.Samples;

/// <summary>Puts duties and the wire together, which only the root may.</summary>
internal static class CompositionAtTheRoot
{
    public static Props Compose()
    {
        SampleTransport.Send([]);
        return WellShapedActor.Props();
    }
}
