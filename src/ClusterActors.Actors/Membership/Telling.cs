using System.Collections.Immutable;
using Akka.Actor;

namespace ClusterActors.Actors.Membership;

/// <summary>What someone said last of the cluster he knows.</summary>
/// <param name="Members">Its living members; empty: he is in none.</param>
/// <param name="Forming">Whether he may be about to form one.</param>
/// <param name="At">When he said so.</param>
/// <param name="ApartSince">Since when without a break he has told a cluster that this node is not in, while it is in one.</param>
internal sealed record Telling(ImmutableArray<Address> Members, bool Forming, TimeSpan At, TimeSpan? ApartSince);
