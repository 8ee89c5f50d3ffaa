using Akka.Event;
using ClusterActors.Protocol.Data;
using ClusterActors.Store.Entries;
using ClusterActors.Store.Files;
using ClusterActors.Store.Log;

namespace ClusterActors.Actors.Backup;

/// <summary>
/// The store of an owner while it is open: the log, which is the truth, and the entries that it builds. One thread at a time; every method
/// waits for the disk.
/// </summary>
internal sealed class OpenOrigin : IDisposable
{
    private const string LogFolder = "log";
    private const string EntriesFolder = "entries";
    private const int ReplayBytes = 4 * 1024 * 1024;

    private readonly OriginLog _records;
    private readonly LogTerm _term;
    private int _segments;

    private OpenOrigin(OriginLog records, EntryStore entries, LogTerm term)
    {
        _records = records;
        Entries = entries;
        _term = term;
    }

    /// <summary>What is committed.</summary>
    public EntryStore Entries { get; }

    /// <summary>
    /// Opens what is there, or makes a new store where nothing is, and begins a term of its own: the log is synced as it is found, the entries
    /// are brought up to it, the next start is persisted, and a record of it committed (backup design, rules 1 and 6).
    /// </summary>
    /// <exception cref="StoreBrokenException">What is there cannot be believed; the message says what, where, and what can be done.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be used.</exception>
    public static OpenOrigin Open(OriginPlan plan, ILoggingAdapter log)
    {
        var file = OriginTerm.FileIn(plan.Directory);
        if (!EntryStore.Exists(plan.Directory))
            Make(plan);
        var term = Load(file, plan.Directory).Next();
        EntryStore? entries = null;
        OriginLog? records = null;
        try
        {
            entries = OpenEntries(plan);
            records = OpenLog(plan, entries.Applied, log);
            Replay(records, entries, log);
            term.Save(file);
            var origin = new OpenOrigin(records, entries, term.Term);
            origin.Begin();
            return origin;
        }
        catch
        {
            entries?.Dispose();
            records?.Dispose();
            throw;
        }
    }

    /// <summary>What is committed under a key, dead or alive.</summary>
    public PresentEntry? Find(ReadOnlySpan<byte> key) =>
        Entries.Get(key) is { } entry ? new PresentEntry(WriteGroup.VersionOf(entry.Version), entry.Expiry) : null;

    /// <summary>Entries whose time is over.</summary>
    /// <param name="now">Milliseconds since 1970 (UTC).</param>
    /// <param name="most">Most of them.</param>
    public IEnumerable<(ReadOnlyMemory<byte> Key, EntryVersion Version)> Expired(long now, int most) =>
        Entries.Expired(now, most).Select(name => (name.Key, WriteGroup.VersionOf(name.Version)));

    /// <summary>A group to gather the next writes in.</summary>
    public WriteGroup NextGroup() => new(_term, _records.Index.Last.Sequence + 1);

    /// <summary>Whether a group needs a new file of the log.</summary>
    /// <param name="bytes">Its length.</param>
    public bool NeedsFile(int bytes) => _records.NeedsFile(bytes);

    /// <summary>Writes a group to the log, brings it to the disk, and applies it to the entries.</summary>
    /// <exception cref="LogNoRoomException">There is no room for a new file; nothing was done.</exception>
    /// <exception cref="IOException">The disk refused: it is not known whether the group is there.</exception>
    public void Commit(RecordGroup group)
    {
        _records.Append(group);
        _records.Sync();
        Entries.Apply(group);
        if (_records.Segments.Count > _segments)
            DropSegments();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Entries.Dispose();
        _records.Dispose();
    }

    /// <summary>Makes an empty store, which is there as a whole or not at all: one that has lost a part of itself is never taken for a new one.</summary>
    private static void Make(OriginPlan plan)
    {
        DirectoryMove.Discard(plan.Directory);
        var unfinished = DirectoryMove.UnfinishedOf(plan.Directory);
        OriginTerm.New().Save(OriginTerm.FileIn(unfinished));
        EntryStore.Create(Path.Combine(unfinished, EntriesFolder), EntriesOptions(plan)).Dispose();
        OriginLog.Create(Path.Combine(unfinished, LogFolder), LogOptions(plan), LogPoint.Beginning).Dispose();
        DirectoryMove.Finish(plan.Directory);
    }

    private static OriginTerm Load(DurableFile file, string directory) => OriginTerm.Load(file) switch
    {
        Stored<OriginTerm>.Found found => found.Value,
        Stored<OriginTerm>.Damaged damaged => throw new StoreBrokenException(
            $"{file.FilePath} cannot be used: {damaged.Reason}. It counts the starts of this store; without it nothing can be promised"),
        _ => throw new StoreBrokenException(
            $"{file.FilePath} is missing, and there is data beside it: bring the file back, or move {directory} away to begin with an empty store"),
    };

    private static EntriesOptions EntriesOptions(OriginPlan plan) =>
        new() { BlockCacheBytes = plan.MemoryBytes / 2, WriteBufferBytes = plan.MemoryBytes / 8 };

    private static LogOptions LogOptions(OriginPlan plan) => new() { SegmentBytes = plan.SegmentBytes };

    /// <summary>Entries that are not there at all are made again from the log, if that still reaches back to its beginning.</summary>
    private static EntryStore OpenEntries(OriginPlan plan)
    {
        var directory = Path.Combine(plan.Directory, EntriesFolder);
        try
        {
            return EntryStore.Exists(directory) ? EntryStore.Open(directory, EntriesOptions(plan)) : EntryStore.Create(directory, EntriesOptions(plan));
        }
        catch (EntriesDamagedException damage)
        {
            throw new StoreBrokenException($"{damage.Message}. Nothing is served from it");
        }
    }

    private static OriginLog OpenLog(OriginPlan plan, LogPoint applied, ILoggingAdapter log)
    {
        var directory = Path.Combine(plan.Directory, LogFolder);
        switch (OriginLog.Open(directory, LogOptions(plan), applied.Sequence))
        {
            case LogOpening.Opened opened:
                if (opened.Cut is { } cut)
                    log.Warning("A write that was never acknowledged was torn by a crash and is cut: {Tail}", cut);
                return opened.Log;
            case LogOpening.Damaged damaged:
                throw new StoreBrokenException($"{damaged.Damage}. What was acknowledged may be missing from there on; nothing is served from it");
            default:
                throw new StoreBrokenException(
                    $"there is no log in {directory}, and the store beside it had one: bring it back, or move {plan.Directory} away to begin with an empty store");
        }
    }

    /// <summary>Everything that is found is the owner's own, and with no copies that is all it takes to be committed.</summary>
    private static void Replay(OriginLog records, EntryStore entries, ILoggingAdapter log)
    {
        var (from, to) = (entries.Applied.Sequence + 1, records.Index.Last.Sequence);
        if (from <= records.Index.Base.Sequence)
        {
            throw new StoreBrokenException(
                $"the entries have the records through {from - 1}, and the log begins only behind {records.Index.Base.Sequence}: what is between them is missing");
        }

        if (entries.Applied.Sequence > records.Index.Base.Sequence && records.Index.TermAt(entries.Applied.Sequence) != entries.Applied.Term)
            throw new StoreBrokenException($"the entries come from another log: their last record is {entries.Applied}, which this log does not have");
        while (entries.Applied.Sequence < to && records.ReadFrom(entries.Applied.Sequence + 1, ReplayBytes) is { } group)
            entries.Apply(group);
        if (to >= from)
            log.Info("Brought the entries up to the log: records {First} to {Last}", from, to);
    }

    private void Begin()
    {
        var term = new GroupWriter(_term, _records.Index.Last.Sequence + 1);
        term.BeginTerm();
        Commit(term.Finish());
    }

    /// <summary>What the entries have on the disk is needed in the log no more.</summary>
    private void DropSegments()
    {
        _records.DropBefore(Entries.Flush().Sequence + 1);
        _segments = _records.Segments.Count;
    }
}
