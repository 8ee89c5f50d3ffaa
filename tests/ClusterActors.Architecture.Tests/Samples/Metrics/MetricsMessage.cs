namespace ClusterActors.Architecture.Tests.Samples.Metrics;

/// <summary>A message of a duty.</summary>
internal sealed record MetricsMessage(string Text);
