namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A holder of management authority that was heard of. It may have lapsed since; the epoch says which of two is newer.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Epoch">The epoch it holds.</param>
/// <param name="Since">When it was first heard of at that epoch.</param>
/// <param name="HeardAt">When it was last heard of.</param>
/// <param name="IsHearsay">Others say so; neither this node's voter nor its fence nor its own holding does.</param>
internal sealed record KnownHolder(string Node, long Epoch, TimeSpan Since, TimeSpan HeardAt, bool IsHearsay = false);
