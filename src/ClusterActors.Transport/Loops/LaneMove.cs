namespace ClusterActors.Transport.Loops;

/// <summary>A lane that is to change its loop.</summary>
/// <param name="Lane">Index of the lane in the list that was planned with.</param>
/// <param name="Loop">Index of the loop that it moves to.</param>
internal readonly record struct LaneMove(int Lane, int Loop);
