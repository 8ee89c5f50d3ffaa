using ClusterActors.Actors.Data;
using ClusterActors.Protocol.Data;
using ClusterActors.Store.Log;

namespace ClusterActors.Actors.Backup;

/// <summary>Writes that reach the disk together, with those who wait for them. Used on one thread only.</summary>
/// <param name="term">The term of all of them.</param>
/// <param name="first">Sequence of the first.</param>
internal sealed class WriteGroup(LogTerm term, long first)
{
    private readonly record struct Change(DataChangeKind Kind, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value, EntryVersion Version);

    private readonly GroupWriter _records = new(term, first);
    private readonly List<Change> _changes = [];
    private readonly List<(IDataWaiter Waiter, DataOutcome Outcome)> _waiting = [];

    /// <summary>Whether it holds no record.</summary>
    public bool IsEmpty => _records.Count == 0;

    /// <summary>Bytes of its records.</summary>
    public int Length => _records.Length;

    /// <summary>Adds a put.</summary>
    /// <param name="write">It.</param>
    /// <param name="expiry">When the entry ends, in milliseconds since 1970 (UTC); 0 when it does not.</param>
    public LogPoint Put(DataWrite write, long expiry)
    {
        var point = _records.Put(write.Key.Span, write.Value.Span, expiry);
        _changes.Add(new Change(DataChangeKind.Put, write.Key, write.Value, VersionOf(point)));
        return point;
    }

    /// <summary>Adds the removal of an entry.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="kind">Whether somebody asked for it or its time was over.</param>
    public LogPoint Remove(ReadOnlyMemory<byte> key, DataChangeKind kind)
    {
        var point = _records.Remove(key.Span);
        _changes.Add(new Change(kind, key, default, VersionOf(point)));
        return point;
    }

    /// <summary>Somebody is to be told an outcome once the group is committed.</summary>
    public void Wait(IDataWaiter waiter, DataOutcome outcome) => _waiting.Add((waiter, outcome));

    /// <summary>What is written and synced.</summary>
    public RecordGroup Finish() => _records.Finish();

    /// <summary>The group is committed and can be read: tells everybody.</summary>
    public void Tell(IEnumerable<IDataListener> listeners)
    {
        foreach (var listener in listeners)
        {
            foreach (var change in _changes)
                listener.Changed(new DataChange(change.Kind, change.Key.Span, change.Value.Span, change.Version));
        }

        foreach (var (waiter, outcome) in _waiting)
            waiter.Told(outcome);
    }

    /// <summary>It is not known what became of the group.</summary>
    public void GiveUp(DataRefusal refusal)
    {
        foreach (var (waiter, _) in _waiting)
            waiter.Told(DataOutcome.Refused(refusal));
    }

    /// <summary>A version as clients see it.</summary>
    public static EntryVersion VersionOf(LogPoint point) => new(point.Term.Ownership, point.Term.Start, point.Sequence);
}
