namespace ClusterActors.Store.Log;

/// <summary>
/// The log of an origin, at its owner or at a copy: the truth, from which everything else can be built again. Records are appended in
/// groups, and durable once synced. One thread at a time; every method but <see cref="Index"/> and <see cref="Segments"/> waits for the disk.
/// </summary>
public sealed class OriginLog : IDisposable
{
    private const int AsideBytes = 1024 * 1024;

    private readonly ILogDisk _disk;
    private readonly LogOptions _options;
    private readonly List<Segment> _segments;
    private readonly LogCutting _cutting;
    private ActiveSegment _active;

    internal OriginLog(ILogDisk disk, LogOptions options, List<Segment> segments, ActiveSegment active, LogIndex index)
    {
        _disk = disk;
        _options = options;
        _segments = segments;
        _active = active;
        _cutting = new LogCutting(disk);
        Index = index;
    }

    /// <summary>What it holds.</summary>
    public LogIndex Index { get; private set; }

    /// <summary>Its files, oldest first.</summary>
    public IReadOnlyList<LogSegment> Segments => [.. _segments.Select(segment => segment.View)];

    /// <summary>Why it is read-only; <see langword="null"/> while it is not.</summary>
    public LogFailedException? Failure { get; private set; }

    /// <summary>
    /// Opens the log in a directory and verifies every byte of it. A torn tail is cut; after that, all that is in it is durable.
    /// </summary>
    /// <param name="directory">Its directory, which holds nothing else.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="copiesMark">Sequence through which others know that this log was durable: what copies know to be committed, and what
    /// was applied to the entries. Through there nothing is ever cut.</param>
    /// <exception cref="LogFailedException">The disk refused.</exception>
    public static LogOpening Open(string directory, LogOptions options, long copiesMark) => Open(new LogDisk(directory), options, copiesMark);

    /// <summary>Creates a log, durably, in a directory without one.</summary>
    /// <param name="directory">Its directory, which is created unless it is there.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="after">The record its first one follows: <see cref="LogPoint.Beginning"/>, or the point of a snapshot.</param>
    /// <exception cref="InvalidOperationException">There is a log.</exception>
    /// <exception cref="LogFailedException">The disk refused.</exception>
    public static OriginLog Create(string directory, LogOptions options, LogPoint after) => Create(new LogDisk(directory), options, after);

    internal static LogOpening Open(ILogDisk disk, LogOptions options, long copiesMark) => new LogRecovery(disk, options, copiesMark).Run();

    internal static OriginLog Create(ILogDisk disk, LogOptions options, LogPoint after)
    {
        disk.CreateDirectory();
        if (disk.Names().FirstOrDefault(SegmentHeader.IsName) is { } name)
            throw new InvalidOperationException($"there is a log already: {disk.PathOf(name)}");
        var active = ActiveSegment.Create(disk, after, options.SegmentBytes, 0);
        return new OriginLog(disk, options, [active.Segment], active, LogIndex.After(after));
    }

    /// <summary>
    /// Writes a group; it is durable after the next <see cref="Sync"/>. A group is never split over two files: one that does not fit begins
    /// a new file, after what is in the old one was synced.
    /// </summary>
    /// <exception cref="ArgumentException">It does not follow the last record, or is of an older term.</exception>
    /// <exception cref="LogNoRoomException">It needs a new file, and there is no room for one; the log is as it was.</exception>
    /// <exception cref="LogFailedException">The disk refused; the log is read-only from now on. The group is not in the index, and may
    /// be found after a restart.</exception>
    public void Append(RecordGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (RecordGroup.WhyNotNext(Index.Last, group.First) is { } wrong)
            throw new ArgumentException(wrong, nameof(group));
        Change(() =>
        {
            if (NeedsFile(group.Bytes.Length))
                Roll(group.Bytes.Length);
            _active.Write(group);
            Index = Index.With(group.Terms, group.Last);
        });
    }

    /// <summary>Whether a group needs a new file.</summary>
    /// <param name="bytes">Its length.</param>
    public bool NeedsFile(int bytes) => !_active.Fits(bytes);

    /// <summary>Brings all that was appended to the disk.</summary>
    /// <returns>Sequence through which all is durable: the last.</returns>
    /// <exception cref="LogSyncException">It could not be; the log is read-only from now on and a sync is never tried again.</exception>
    /// <exception cref="LogFailedException">The log is read-only, or became so just now.</exception>
    public long Sync()
    {
        Change(() =>
        {
            if (Index.Durable == Index.Last.Sequence)
                return;
            _active.Sync();
            Index = Index with { Durable = Index.Last.Sequence };
            _active.Mark(Index.Durable);
        });
        return Index.Durable;
    }

    /// <summary>Reads records, those included that are not synced yet.</summary>
    /// <param name="sequence">The first.</param>
    /// <param name="maxBytes">Most bytes; one record is read even if it is larger.</param>
    /// <returns>The records; <see langword="null"/> when the sequence is the one behind the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The record is not held any more, or was never there.</exception>
    /// <exception cref="LogDamagedException">A record that was whole is not any more.</exception>
    /// <exception cref="LogFailedException">The disk refused.</exception>
    public RecordGroup? ReadFrom(long sequence, int maxBytes)
    {
        if (sequence <= Index.Base.Sequence || sequence > Index.Last.Sequence + 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sequence), sequence, $"records {Index.Base.Sequence + 1} to {Index.Last.Sequence} are held");
        }

        if (sequence > Index.Last.Sequence)
            return null;
        var reading = new LogReading(_disk, maxBytes, Index.Last.Sequence);
        for (var i = SegmentOf(sequence); i < _segments.Count && !reading.IsDone; i++)
        {
            using var file = _disk.Open(_segments[i].Name);
            reading.Take(file, _segments[i], Math.Max(sequence, _segments[i].Header.First));
        }

        return reading.Finish();
    }

    /// <summary>
    /// Takes all records behind a sequence out of the log, durably. The caller must know that none of them is committed.
    /// </summary>
    /// <param name="sequence">The last that stays.</param>
    /// <param name="setAside">A file that is to keep them, one record behind the other, or <see langword="null"/>.</param>
    /// <returns>The file that keeps them: that one, or with <c>-2</c>, <c>-3</c>, ... behind it when there was one; <see langword="null"/>
    /// when none was wanted or there was nothing to cut.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The sequence is not held.</exception>
    /// <exception cref="LogDamagedException">A record that was whole is not any more; nothing was cut.</exception>
    /// <exception cref="LogFailedException">The disk refused; the log is read-only from now on.</exception>
    public string? CutAfter(long sequence, string? setAside)
    {
        if (sequence < Index.Base.Sequence || sequence > Index.Last.Sequence)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sequence), sequence, $"the log can be cut after {Index.Base.Sequence} to {Index.Last.Sequence}");
        }

        if (sequence == Index.Last.Sequence)
            return null;
        string? aside = null;
        Change(() =>
        {
            var kept = Math.Max(0, SegmentOf(sequence));
            var end = _cutting.EndOf(_segments[kept], sequence);
            if (setAside is not null)
                aside = LogCutting.SetAside(setAside, From(sequence + 1));
            var newer = _segments.Skip(kept + 1).Select(segment => segment.Name).Reverse().ToArray();
            _active.Dispose();
            _cutting.Delete(newer);
            _active = _cutting.Shorten(_segments[kept], end);
            _segments.RemoveRange(kept, _segments.Count - kept);
            _segments.Add(_active.Segment);
            Index = Index.CutAfter(sequence) with { Durable = sequence };
            _active.Mark(sequence);
        });
        return aside;
    }

    /// <summary>Drops the files that hold only records before a sequence; never the newest.</summary>
    /// <param name="sequence">The first record that is still needed.</param>
    /// <exception cref="LogFailedException">The disk refused; the log is read-only from now on.</exception>
    public void DropBefore(long sequence) => Change(() =>
    {
        while (_segments.Count > 1 && _segments[0].Last.Sequence < sequence)
        {
            _cutting.Delete([_segments[0].Name]);
            Index = Index.DropThrough(_segments[0].Last);
            _segments.RemoveAt(0);
        }
    });

    /// <summary>Closes the files; what was not synced is left to the system.</summary>
    public void Dispose() => _active.Dispose();

    private void Change(Action change)
    {
        if (Failure is not null)
            throw Failure;
        try
        {
            change();
        }
        catch (LogFailedException failure) when (failure is not LogNoRoomException)
        {
            Failure = failure;
            throw;
        }
    }

    // A crash never finds a file behind one that is torn: that is how a torn tail is known from damage.
    private void Roll(int groupBytes)
    {
        if (Index.Durable < Index.Last.Sequence)
        {
            _active.Sync();
            Index = Index with { Durable = Index.Last.Sequence };
        }

        var next = ActiveSegment.Create(_disk, Index.Last, _options.SegmentBytes, groupBytes);
        _active.Dispose();

        // One that holds nothing was replaced: the new one has its name.
        if (_active.Segment.Last == _active.Segment.Header.Before)
            _segments.Remove(_active.Segment);
        _active = next;
        _segments.Add(next.Segment);
    }

    private IEnumerable<RecordGroup> From(long sequence)
    {
        while (ReadFrom(sequence, AsideBytes) is { } group)
        {
            yield return group;
            sequence = group.Last.Sequence + 1;
        }
    }

    private int SegmentOf(long sequence) => _segments.FindLastIndex(segment => segment.Header.First <= sequence);
}
