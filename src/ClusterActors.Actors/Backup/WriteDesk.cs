using ClusterActors.Actors.Data;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Backup;

/// <summary>
/// Judges writes: whether the condition of each holds behind all writes before it, those included that are not committed yet. Used on one
/// thread only.
/// </summary>
/// <param name="committed">Looks an entry up among the committed ones.</param>
internal sealed class WriteDesk(Func<ReadOnlyMemory<byte>, PresentEntry?> committed)
{
    /// <summary>What a write that is not committed yet leaves behind.</summary>
    /// <param name="Sequence">Its sequence.</param>
    /// <param name="Entry">The entry; null when it removes it.</param>
    private readonly record struct Pending(long Sequence, PresentEntry? Entry);

    private readonly Dictionary<ReadOnlyMemory<byte>, Pending> _pending = new(ByteKeys.Instance);

    /// <summary>Keys that writes which are not committed yet have changed.</summary>
    public int Count => _pending.Count;

    /// <summary>Judges a write. One that is to be done is then told by <see cref="Add"/>.</summary>
    /// <param name="write">The write.</param>
    /// <param name="now">Milliseconds since 1970 (UTC).</param>
    public WriteVerdict Judge(DataWrite write, long now)
    {
        if (write.Kind == DataWriteKind.Put && write.Condition.IsAny)
            return WriteVerdict.Do;
        var (sequence, entry) = Find(write.Key);
        var present = entry is { } there && there.LivesAt(now) ? there.Version : (EntryVersion?)null;
        if (write.Kind == DataWriteKind.Remove && present is null && write.Condition.IsAny)
            return new WriteVerdict(DataOutcome.NotFound, sequence);
        return write.Condition.Holds(present) ? WriteVerdict.Do : new WriteVerdict(DataOutcome.Conflict(present), sequence);
    }

    /// <summary>Whether an entry that was found to have expired is still the same one.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="version">Its version when it was found.</param>
    public bool IsStill(ReadOnlyMemory<byte> key, EntryVersion version) => Find(key).Entry?.Version == version;

    /// <summary>A write has got its sequence.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="entry">What it leaves behind; null when it removes the entry.</param>
    public void Add(ReadOnlyMemory<byte> key, long sequence, PresentEntry? entry) => _pending[key] = new Pending(sequence, entry);

    /// <summary>Everything that was added is committed, or given up.</summary>
    public void Clear() => _pending.Clear();

    private (long Sequence, PresentEntry? Entry) Find(ReadOnlyMemory<byte> key) =>
        _pending.TryGetValue(key, out var pending) ? (pending.Sequence, pending.Entry) : (0, committed(key));
}
