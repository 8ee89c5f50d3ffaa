using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Which incarnation of each voter is the newest known. Immutable; an entry only ever grows in number.</summary>
internal sealed class IncarnationTable
{
    /// <summary>Knows no voter.</summary>
    public static readonly IncarnationTable Empty = new([]);

    private IncarnationTable(ImmutableArray<KeyValuePair<string, Incarnation>> entries) => Entries = entries;

    /// <summary>Voter and newest incarnation, in the order in which they were first heard of.</summary>
    public ImmutableArray<KeyValuePair<string, Incarnation>> Entries { get; }

    /// <summary>The newest known incarnation of a voter; null when it is not known.</summary>
    public Incarnation? Find(string voter)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == voter)
                return entry.Value;
        }
        return null;
    }

    /// <summary>With the entry, whatever stood there.</summary>
    public IncarnationTable With(string voter, Incarnation incarnation)
    {
        var entry = KeyValuePair.Create(voter, incarnation);
        for (var i = 0; i < Entries.Length; i++)
        {
            if (Entries[i].Key == voter)
                return Entries[i].Value == incarnation ? this : new IncarnationTable(Entries.SetItem(i, entry));
        }
        return new IncarnationTable(Entries.Add(entry));
    }

    /// <summary>With the higher-numbered entry of both for each voter; the very same table when that changes nothing.</summary>
    public IncarnationTable Merge(IncarnationTable other)
    {
        var merged = this;
        if (ReferenceEquals(this, other))
            return merged;
        foreach (var (voter, incarnation) in other.Entries)
        {
            if (merged.Find(voter) is not { } known || known.Number < incarnation.Number)
                merged = merged.With(voter, incarnation);
        }
        return merged;
    }
}
