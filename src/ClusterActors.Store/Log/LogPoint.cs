namespace ClusterActors.Store.Log;

/// <summary>A record's place in a log, and the version of the entry it writes: no two different records ever have the same.</summary>
/// <param name="Term">Its term.</param>
/// <param name="Sequence">Its sequence, counted from 1 without gaps; 0 before the first.</param>
public readonly record struct LogPoint(LogTerm Term, long Sequence)
{
    /// <summary>Before the first record there ever was.</summary>
    public static LogPoint Beginning => default;

    /// <summary>As it stands in versions: <c>ownership.start.sequence</c>.</summary>
    public override string ToString() => $"{Term}.{Sequence}";
}
