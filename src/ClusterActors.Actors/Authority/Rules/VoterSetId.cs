namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Names a set of voters in every message; votes are counted within one set only.</summary>
/// <param name="Version">The higher one replaces the lower one.</param>
/// <param name="Hash">Of the voters and the lease; two sets of one version with different hashes never talk to each other.</param>
internal readonly record struct VoterSetId(long Version, string Hash);
