using System.Collections.Immutable;

namespace ClusterActors.Actors;

/// <summary>The ports a node listens on.</summary>
/// <param name="ClusterPort">Its cluster port, when it has one.</param>
/// <param name="BusinessPorts">Its business ports, in the order they are configured.</param>
public sealed record OpenPorts(int? ClusterPort, ImmutableArray<int> BusinessPorts);
