using Akka.Configuration;

namespace ClusterActors.Actors.Configuration;

/// <summary>A configuration that was read and found good.</summary>
/// <param name="Settings">Section <c>clusterActors</c>.</param>
/// <param name="Akka">Section <c>akka</c> for the actor system, empty when none was written.</param>
public sealed record LoadedConfiguration(NodeSettings Settings, Config Akka);
