using ClusterActors.Actors.Data;

namespace ClusterActors.Actors.Backup;

/// <summary>What is to become of a write.</summary>
/// <param name="Outcome">Why it is not done; null when it is.</param>
/// <param name="RestsOn">Sequence of the write, not committed yet, that the outcome rests on; 0 when it rests on committed ones alone.</param>
internal readonly record struct WriteVerdict(DataOutcome? Outcome, long RestsOn)
{
    /// <summary>It is done.</summary>
    public static WriteVerdict Do => default;
}
