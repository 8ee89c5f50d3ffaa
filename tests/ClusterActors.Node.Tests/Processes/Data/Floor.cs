using ClusterActors.Protocol.Data;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>What a client knows at least about an entry: that it is at some version or a later one, or behind it.</summary>
/// <param name="Version">The version; null while nothing is known.</param>
/// <param name="IsBehind">Whether that version is over: the entry was seen to be gone.</param>
public readonly record struct Floor(EntryVersion? Version, bool IsBehind) : IComparable<Floor>
{
    /// <summary>A version was shown.</summary>
    public static Floor At(EntryVersion version) => new(version, false);

    public int CompareTo(Floor other) => Rank(this).CompareTo(Rank(other));

    /// <summary>The order in which versions were written.</summary>
    public static (long Ownership, long Start, long Sequence) Order(EntryVersion version) => (version.Ownership, version.Start, version.Sequence);

    private static ((long, long, long) Version, bool IsBehind) Rank(Floor floor) =>
        (floor.Version is { } version ? Order(version) : (-1, -1, -1), floor.IsBehind);

    public static bool operator <(Floor left, Floor right) => left.CompareTo(right) < 0;

    public static bool operator >(Floor left, Floor right) => left.CompareTo(right) > 0;

    public static bool operator <=(Floor left, Floor right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Floor left, Floor right) => left.CompareTo(right) >= 0;
}
