using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Authority;

/// <summary>What a node tells of itself on every new link, and again and again to the voters. Nothing is decided by it.</summary>
/// <param name="Address">Its cluster address, as others are told it.</param>
/// <param name="Run">Random id of this start.</param>
/// <param name="Set">The voters that it goes by.</param>
/// <param name="Node">Its node id, by which people know it.</param>
/// <param name="Role">1 worker, 2 manager, 3 both.</param>
/// <param name="Workers">How many workers report to it.</param>
/// <param name="Voter">What it tells as a voter; null when it is none.</param>
internal sealed record VoterStanding(string Address, string Run, VoterSetId Set, string Node, int Role, int Workers, VoterReport? Voter);
