namespace ClusterActors.Store.Log;

/// <summary>The term a record was written in. Terms are compared as a pair, ownership first.</summary>
/// <param name="Ownership">Number of the ownership, issued by the authority; 0 or more.</param>
/// <param name="Start">Number of the owner's start within it; 0 or more.</param>
public readonly record struct LogTerm(long Ownership, long Start) : IComparable<LogTerm>
{
    /// <inheritdoc/>
    public int CompareTo(LogTerm other) =>
        Ownership != other.Ownership ? Ownership.CompareTo(other.Ownership) : Start.CompareTo(other.Start);

    /// <summary>Whether one is older.</summary>
    public static bool operator <(LogTerm one, LogTerm other) => one.CompareTo(other) < 0;

    /// <summary>Whether one is newer.</summary>
    public static bool operator >(LogTerm one, LogTerm other) => one.CompareTo(other) > 0;

    /// <summary>Whether one is not newer.</summary>
    public static bool operator <=(LogTerm one, LogTerm other) => one.CompareTo(other) <= 0;

    /// <summary>Whether one is not older.</summary>
    public static bool operator >=(LogTerm one, LogTerm other) => one.CompareTo(other) >= 0;

    /// <summary>As it stands in versions: <c>ownership.start</c>.</summary>
    public override string ToString() => $"{Ownership}.{Start}";
}
