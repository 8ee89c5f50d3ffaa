using ClusterActors.Architecture.Tests.Samples.Metrics;

namespace ClusterActors.Architecture.Tests.Samples.Manager;

/// <summary>Meets another duty through its messages, as it should.</summary>
internal static class ManagerThatUsesMessages
{
    public static string Describe(MetricsMessage message) => message.Text;
}
