using ClusterActors.Store.Files;
using ClusterActors.Store.Log;

namespace ClusterActors.Store.Entries;

/// <summary>
/// The current entries of an origin, in RocksDB: what the log comes to when its records are applied up to the applied mark. It is never
/// ahead of that mark and never behind it, also after a crash, which may only take both back; then the log is applied again from there.
/// </summary>
/// <remarks>
/// One thread applies, flushes and asks for expiries; any thread reads, at any time, and sees whole groups only through a
/// <see cref="EntriesView"/>. After <see cref="Dispose"/> reads throw <see cref="ObjectDisposedException"/>; RocksDB itself is closed when
/// the last read and the last view have ended.
/// </remarks>
public sealed class EntryStore : IDisposable
{
    private readonly string _directory;
    private readonly Rocks _rocks;
    private readonly EntryWriter _writer;
    private AppliedMark _mark;
    private LogPoint _flushed;
    private bool _isDisposed;

    private EntryStore(string directory, Rocks rocks, AppliedMark mark)
    {
        _directory = directory;
        _rocks = rocks;
        _writer = new EntryWriter(rocks) { HasExpiries = mark.HasExpiries };
        _mark = mark;
        _flushed = mark.Point;
    }

    /// <summary>The last record that was applied; <see cref="LogPoint.Beginning"/> before the first.</summary>
    public LogPoint Applied => Volatile.Read(ref _mark).Point;

    /// <summary>The last applied record that is known to be on the disk: log segments up to it are not needed to start again.</summary>
    public LogPoint Flushed => _flushed;

    /// <summary>Whether there is anything in a directory, whole or damaged.</summary>
    public static bool Exists(string directory) => Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any();

    /// <summary>Creates an empty store.</summary>
    /// <param name="directory">Its directory, which is created.</param>
    /// <param name="options">How much memory it may take.</param>
    /// <exception cref="InvalidOperationException">There is something in the directory.</exception>
    /// <exception cref="EntriesFailedException">The disk refused.</exception>
    public static EntryStore Create(string directory, EntriesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        directory = Path.GetFullPath(directory);
        if (Exists(directory))
            throw new InvalidOperationException($"{directory} is not empty");
        try
        {
            DirectorySync.Create(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EntriesFailedException("create", directory, failure);
        }

        return new EntryStore(directory, Rocks.Open(directory, options, create: true), new AppliedMark(LogPoint.Beginning, false));
    }

    /// <summary>Opens the store in a directory: one that was created there, or a checkpoint.</summary>
    /// <param name="directory">Its directory.</param>
    /// <param name="options">How much memory it may take, and whether all of it is verified.</param>
    /// <exception cref="EntriesDamagedException">Something is not as it was written, or not there.</exception>
    /// <exception cref="EntriesFailedException">The disk refused, or another process has it open.</exception>
    public static EntryStore Open(string directory, EntriesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        directory = Path.GetFullPath(directory);
        if (!Exists(directory))
            throw new EntriesDamagedException(directory, "there is nothing in it", null);
        var rocks = Rocks.Open(directory, options, create: false);
        try
        {
            if (options.VerifyAtOpen)
                rocks.Verify();
            return new EntryStore(directory, rocks, ReadMark(rocks, null, directory));
        }
        catch
        {
            rocks.Close();
            throw;
        }
    }

    /// <summary>Applies committed records. Those that were applied before are left out.</summary>
    /// <exception cref="ArgumentException">Records between the last applied one and these are missing.</exception>
    /// <exception cref="EntriesFailedException">The disk refused; nothing of the group was applied.</exception>
    public void Apply(RecordGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var applied = _mark.Point;
        if (group.First.Sequence > applied.Sequence + 1)
            throw new ArgumentException($"record {group.First} does not follow {applied}, which was applied last", nameof(group));
        if (group.Last.Sequence <= applied.Sequence)
            return;
        Write(group.Bytes.Span, applied.Sequence, group.Last);
    }

    /// <summary>Takes in a part of a snapshot, into a store where nothing was applied.</summary>
    /// <param name="records">Put records, as in <see cref="EntryChunk.Records"/>.</param>
    /// <exception cref="ArgumentException">They are no put records; the message says what is wrong. Nothing was taken in.</exception>
    /// <exception cref="InvalidOperationException">Records were applied already.</exception>
    /// <exception cref="EntriesFailedException">The disk refused.</exception>
    public void Load(ReadOnlyMemory<byte> records)
    {
        CheckLoading();
        Write(records.Span, 0, null);
    }

    /// <summary>Ends the loading of a snapshot, and returns when all of it is on the disk.</summary>
    /// <param name="applied">The last record that the snapshot holds.</param>
    /// <exception cref="InvalidOperationException">Records were applied already.</exception>
    /// <exception cref="EntriesFailedException">The disk refused.</exception>
    public void FinishLoad(LogPoint applied)
    {
        CheckLoading();
        Write(default, 0, applied);
        Flush();
    }

    /// <summary>What a key has, whole and committed; <see langword="null"/> when there is nothing.</summary>
    /// <exception cref="EntriesDamagedException">It cannot be read as it was written.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Entry? Get(ReadOnlySpan<byte> key)
    {
        if (key.Length is 0 or > RecordLimits.MaxKeyBytes)
            return null;
        Span<byte> buffer = stackalloc byte[EntryLayout.MaxKeyBytes];
        _rocks.Enter();
        try
        {
            return _rocks.Get(EntryLayout.WriteKey(buffer, key)) is { } stored
                ? new Entry(EntryLayout.ReadVersion(stored), EntryLayout.ReadExpiry(stored), stored.AsMemory(EntryLayout.HeaderBytes))
                : null;
        }
        finally
        {
            _rocks.Leave();
        }
    }

    /// <summary>Lists keys, in the order of their bytes.</summary>
    /// <param name="prefix">What they begin with; nothing for all.</param>
    /// <param name="after">The key to begin behind, itself left out; nothing to begin with the first.</param>
    /// <param name="limit">Most keys.</param>
    /// <param name="maxBytes">Most bytes of keys; the first is listed whatever its length.</param>
    /// <param name="now">Milliseconds since 1970 (UTC): entries that have ended by then are left out.</param>
    /// <exception cref="EntriesDamagedException">They cannot be read as they were written.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public EntryPage List(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> after, int limit, int maxBytes, long now)
    {
        using var cursor = new EntryCursor(_rocks);
        return EntryListing.List(cursor, prefix, after, limit, maxBytes, now);
    }

    /// <summary>The entries that have ended, the longest ended first. They are there until records remove them.</summary>
    /// <param name="until">Milliseconds since 1970 (UTC).</param>
    /// <param name="limit">Most entries.</param>
    /// <exception cref="EntriesDamagedException">They cannot be read as they were written.</exception>
    public IReadOnlyList<EntryName> Expired(long until, int limit)
    {
        using var cursor = new EntryCursor(_rocks);
        return EntryListing.Expired(cursor, _rocks, until, limit);
    }

    /// <summary>When the next entry ends, in milliseconds since 1970 (UTC); <see langword="null"/> when none does.</summary>
    /// <exception cref="EntriesDamagedException">It cannot be read as it was written.</exception>
    public long? NextExpiry()
    {
        using var cursor = new EntryCursor(_rocks);
        return EntryListing.NextExpiry(cursor);
    }

    /// <summary>A view of the entries as they are between two groups. The caller disposes of it soon: it keeps what is replaced on the disk.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public EntriesView OpenView() => new(_directory, _rocks);

    /// <summary>Brings what was applied to the disk.</summary>
    /// <returns>The last record that is on it.</returns>
    /// <exception cref="EntriesFailedException">The disk refused.</exception>
    public LogPoint Flush()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var applied = _mark.Point;
        _rocks.Flush();
        return _flushed = applied;
    }

    /// <summary>
    /// Writes a copy of the store as it is to another directory of the same file system, fast, since files that do not change are shared.
    /// </summary>
    /// <param name="target">The directory, which must not be there.</param>
    /// <exception cref="EntriesFailedException">The disk refused, or it is there.</exception>
    public void Checkpoint(string target)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _rocks.Checkpoint(target);
        _flushed = _mark.Point;
    }

    /// <summary>Reads every file and compares checksums.</summary>
    /// <exception cref="EntriesDamagedException">One is not as it was written.</exception>
    /// <exception cref="EntriesFailedException">The disk refused.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public void Verify()
    {
        _rocks.Enter();
        try
        {
            _rocks.Verify();
        }
        finally
        {
            _rocks.Leave();
        }
    }

    /// <summary>Closes it. RocksDB brings what was applied to the disk if it can; what it cannot is applied again from the log.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _writer.Dispose();
        _rocks.Close();
    }

    internal static AppliedMark ReadMark(Rocks rocks, RocksDbSharp.ReadOptions? options, string directory)
    {
        if (rocks.Get(EntryLayout.AppliedKey, options) is not { } bytes)
            return new AppliedMark(LogPoint.Beginning, false);
        return bytes.Length == EntryLayout.AppliedBytes
            ? EntryLayout.ReadApplied(bytes)
            : throw new EntriesDamagedException(directory, $"its applied mark has {bytes.Length} bytes instead of {EntryLayout.AppliedBytes}", null);
    }

    private void CheckLoading()
    {
        if (_mark.Point.Sequence > 0)
            throw new InvalidOperationException($"records through {_mark.Point} were applied already");
    }

    private void Write(ReadOnlySpan<byte> records, long after, LogPoint? applied)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _writer.Clear();
        while (!records.IsEmpty)
        {
            if (RecordReader.TryRead(ref records, out var record, out var reason) != RecordStatus.Done)
                throw new ArgumentException($"not a whole record: {reason ?? "its end is missing"}", nameof(records));
            if (applied is null && record.Operation != RecordOperation.Put)
                throw new ArgumentException($"a snapshot holds put records only; {record.Point} is none", nameof(records));
            if (record.Point.Sequence > after)
                _writer.Add(record);
        }

        var mark = applied is { } point ? new AppliedMark(point, _writer.HasExpiries) : null;
        _writer.Write(mark);
        if (mark is not null)
            Volatile.Write(ref _mark, mark);
    }
}
