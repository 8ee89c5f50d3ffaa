using ClusterActors.Benchmarks.Fleets;

namespace ClusterActors.Benchmarks.Authority;

/// <summary>The manager that may command, as every manager says.</summary>
/// <param name="Manager">Which.</param>
/// <param name="Epoch">Since which epoch.</param>
internal sealed record Holder(NodeUnderTest Manager, long Epoch);
