namespace ClusterActors.Actors.Manager;

/// <summary>Which worker was chosen, against which, and why.</summary>
/// <param name="Chosen">The worker, as it was before the allocation.</param>
/// <param name="Other">The other one of the two that were drawn; null when there was no second or a key decided.</param>
/// <param name="Ground">What decided.</param>
internal sealed record Choice(ServerEntry Chosen, ServerEntry? Other, ChoiceGround Ground);
