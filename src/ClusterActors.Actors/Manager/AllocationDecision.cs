using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Manager;

/// <summary>What became of a request for a worker.</summary>
/// <param name="State">The state from then on.</param>
/// <param name="Answer">For the one who asked.</param>
/// <param name="Choice">Why this worker, when one was granted.</param>
internal sealed record AllocationDecision(ManagerState State, IAllocationAnswer Answer, Choice? Choice);
