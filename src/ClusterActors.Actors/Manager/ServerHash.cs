namespace ClusterActors.Actors.Manager;

/// <summary>A worker and its part of the rendezvous score.</summary>
/// <param name="Node">Node id.</param>
/// <param name="Hash"><see cref="Rendezvous.Hash"/> of the node id, computed once.</param>
internal readonly record struct ServerHash(string Node, ulong Hash);
