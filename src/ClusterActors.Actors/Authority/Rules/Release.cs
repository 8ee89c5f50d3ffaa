namespace ClusterActors.Actors.Authority.Rules;

/// <summary>An epoch that this node handed over and never acts at again.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Target">To whom.</param>
/// <param name="StandAt">When this node stands again if it has heard of no successor.</param>
internal sealed record Release(long Epoch, string Target, TimeSpan StandAt);
