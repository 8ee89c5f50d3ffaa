using ClusterActors.Store.Log;

namespace ClusterActors.Store.Tests.Log;

/// <summary>The log on the real disk.</summary>
public sealed class OriginLogSpecs : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly string _directory;
    private OriginLog _log;

    public OriginLogSpecs()
    {
        _directory = Path.Combine(_files.Root, "a", "log");
        _log = OriginLog.Create(_directory, LogExamples.Small, LogPoint.Beginning);
    }

    public void Dispose()
    {
        _log.Dispose();
        _files.Dispose();
    }

    private void Reopen(long copiesMark = 0)
    {
        _log.Dispose();
        _log = LogExamples.Opened(OriginLog.Open(_directory, LogExamples.Small, copiesMark));
    }

    private byte[] Fill(int groups, int records = 3, int valueBytes = 100)
    {
        LogExamples.Fill(_log, groups, records, valueBytes);
        return LogExamples.Content(_log);
    }

    [Fact]
    public void A_new_one_is_empty_and_the_first_record_is_number_1()
    {
        Assert.Equal((LogPoint.Beginning, LogPoint.Beginning, 0L), (_log.Index.Base, _log.Index.Last, _log.Index.Durable));
        Assert.Null(_log.ReadFrom(1, 1000));
        Assert.Throws<ArgumentException>(() => _log.Append(LogExamples.Group(2, 1)));

        Fill(1);
        Reopen();

        Assert.Equal(new LogPoint(LogExamples.Term, 3), _log.Index.Last);
    }

    [Fact]
    public void Where_there_is_none_it_is_missing_and_where_there_is_one_none_is_created()
    {
        Assert.IsType<LogOpening.Missing>(OriginLog.Open(Path.Combine(_files.Root, "nowhere"), LogExamples.Small, 0));
        Assert.Throws<InvalidOperationException>(() => OriginLog.Create(_directory, LogExamples.Small, LogPoint.Beginning));
    }

    [Fact]
    public void What_is_appended_is_read_before_and_after_it_is_synced_and_after_it_is_opened_again()
    {
        var group = LogExamples.Group(1, 5);

        _log.Append(group);
        Assert.Equal((0, 5), (_log.Index.Durable, _log.Index.Last.Sequence));
        Assert.Equal(group.Bytes.ToArray(), LogExamples.Content(_log));
        Assert.Equal(5, _log.Sync());
        Assert.Equal(group.Bytes.ToArray(), LogExamples.Content(_log));
        Reopen();

        Assert.Equal(group.Bytes.ToArray(), LogExamples.Content(_log));
        Assert.Equal((5, 5), (_log.Index.Durable, _log.Index.Last.Sequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(5000)]
    [InlineData(int.MaxValue)]
    public void Records_are_read_over_the_ends_of_files_as_much_as_is_asked_for_and_one_at_least(int maxBytes)
    {
        using var written = new MemoryStream();
        for (var i = 0; i < 40; i++)
        {
            var group = LogExamples.Group(_log.Index.Last.Sequence + 1, 1 + (i % 5), 50 * (i % 7));
            _log.Append(group);
            written.Write(group.Bytes.Span);
            if (i % 3 == 0)
                _log.Sync();
        }

        Assert.InRange(_log.Segments.Count, 4, 20);
        Assert.Equal(written.ToArray(), LogExamples.Content(_log, maxBytes));
        for (var sequence = 1; sequence <= _log.Index.Last.Sequence; sequence++)
        {
            var group = _log.ReadFrom(sequence, maxBytes)!;
            Assert.Equal(sequence, group.First.Sequence);
            Assert.True(group.Count == 1 || group.Bytes.Length <= maxBytes);
            Assert.True(RecordGroup.TryRead(group.Bytes, out var read, out _));
            Assert.Equal((group.Count, group.Last), (read!.Count, read.Last));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => _log.ReadFrom(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.ReadFrom(_log.Index.Last.Sequence + 2, 1));
    }

    [Fact]
    public void A_record_is_found_far_inside_of_a_large_file()
    {
        _log.Dispose();
        _log = OriginLog.Create(Path.Combine(_files.Root, "large"), new LogOptions { SegmentBytes = 1024 * 1024 }, LogPoint.Beginning);
        Fill(groups: 10, records: 100, valueBytes: 500);
        Assert.Single(_log.Segments);

        for (var sequence = 1; sequence <= 1000; sequence += 37)
            Assert.Equal(sequence, _log.ReadFrom(sequence, 1)!.First.Sequence);
    }

    [Fact]
    public void A_group_that_is_larger_than_a_file_gets_one_of_its_own_and_is_whole()
    {
        var before = Fill(2);
        var group = LogExamples.Group(7, 3, RecordLimits.MaxValueBytes);

        _log.Append(group);
        var after = Fill(1);
        Reopen();

        Assert.Equal((byte[])[.. before, .. group.Bytes.Span], after[..(before.Length + group.Bytes.Length)]);
        Assert.Equal(after, LogExamples.Content(_log));
        Assert.Equal([1, 7, 10], _log.Segments.Select(segment => segment.First));
    }

    [Fact]
    public void A_first_group_that_is_larger_than_a_file_takes_the_place_of_the_empty_one()
    {
        var group = LogExamples.Group(1, 1, 10_000);

        _log.Append(group);
        _log.Sync();
        Reopen();

        Assert.Equal(group.Bytes.ToArray(), LogExamples.Content(_log));
        Assert.Single(_log.Segments);
    }

    [Fact]
    public void A_file_is_as_long_as_it_was_set_and_zero_behind_its_end()
    {
        Fill(1);

        var segment = Assert.Single(_log.Segments);
        var bytes = File.ReadAllBytes(Path.Combine(_directory, segment.Name));
        Assert.Equal("00000000000000000001.log", segment.Name);
        Assert.Equal((4096, -1), (bytes.Length, bytes.AsSpan((int)segment.Bytes).IndexOfAnyExcept((byte)0)));
        Assert.NotEqual(0, bytes[segment.Bytes - 1]);
    }

    [Fact]
    public void The_index_knows_where_each_term_begins()
    {
        Fill(1);
        var next = new LogTerm(4, 0);
        _log.Append(LogExamples.BeginTerm(next, 4));
        Fill(groups: 20);
        Reopen();

        Assert.Equal([new LogPoint(LogExamples.Term, 1), new LogPoint(next, 4)], _log.Index.Terms.AsEnumerable());
        Assert.Equal(
            [new LogTerm(0, 0), LogExamples.Term, LogExamples.Term, next, null],
            new LogTerm?[] { _log.Index.TermAt(0), _log.Index.TermAt(1), _log.Index.TermAt(3), _log.Index.TermAt(64), _log.Index.TermAt(65) });
        Assert.Throws<ArgumentException>(() => _log.Append(LogExamples.Group(LogExamples.Term, 65, 1)));
    }

    [Fact]
    public void Files_that_are_not_needed_are_dropped_whole_and_the_newest_stays()
    {
        Fill(groups: 40);
        var last = _log.Index.Last;
        var second = _log.Segments[1];

        _log.DropBefore(second.Last);
        Assert.Equal(second.First - 1, _log.Index.Base.Sequence);
        Assert.Equal(LogExamples.Term, _log.Index.TermAt(second.First - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.ReadFrom(second.First - 1, 1));
        Reopen();
        Assert.Equal((second.First - 1, LogExamples.Term), (_log.Index.Base.Sequence, _log.Index.Base.Term));
        Assert.Equal(second.First, _log.ReadFrom(second.First, 1)!.First.Sequence);

        _log.DropBefore(long.MaxValue);
        Assert.Single(_log.Segments);
        Assert.Single(Directory.GetFiles(_directory));
        Reopen(last.Sequence);
        Assert.Equal((last, LogExamples.Term), (_log.Index.Last, _log.Index.TermAt(last.Sequence)));
    }

    [Fact]
    public void One_that_follows_a_snapshot_begins_behind_it()
    {
        _log.Dispose();
        var point = new LogPoint(new LogTerm(2, 5), 1000);
        var directory = Path.Combine(_files.Root, "after");
        _log = OriginLog.Create(directory, LogExamples.Small, point);
        _log.Dispose();
        _log = LogExamples.Opened(OriginLog.Open(directory, LogExamples.Small, 1000));

        Assert.Equal((point, point, new LogTerm(2, 5)), (_log.Index.Base, _log.Index.Last, _log.Index.TermAt(1000)));
        Assert.Throws<ArgumentException>(() => _log.Append(LogExamples.Group(new LogTerm(2, 4), 1001, 1)));
        _log.Append(LogExamples.Group(new LogTerm(2, 5), 1001, 1));
        Assert.Empty(_log.Index.Terms);
    }

    [Fact]
    public void It_is_cut_after_every_record_and_goes_on_from_there()
    {
        var content = Fill(groups: 8, records: 2);
        var last = _log.Index.Last.Sequence;
        Assert.InRange(_log.Segments.Count, 1, 9);
        for (var cut = last; cut >= 0; cut--)
        {
            Assert.Null(_log.CutAfter(cut, null));

            Assert.Equal((cut, cut), (_log.Index.Last.Sequence, _log.Index.Durable));
            Assert.True(content.AsSpan().StartsWith(LogExamples.Content(_log)));
            Reopen(cut);
            Assert.Equal((cut, cut == 0 ? default : LogExamples.Term), (_log.Index.Last.Sequence, _log.Index.Last.Term));
        }

        Assert.Equal(content, Fill(groups: 8, records: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => _log.CutAfter(last + 1, null));
    }

    [Fact]
    public void What_is_cut_can_be_set_aside_and_what_was_before_is_never_overwritten()
    {
        Fill(groups: 40);
        var cut = LogExamples.Content(_log)[(LogExamples.Group(1, 3).Bytes.Length * 1)..];
        var file = Path.Combine(_files.Root, "aside", "tail");

        Assert.Equal(file, _log.CutAfter(3, file));
        Fill(groups: 1);
        var second = LogExamples.Group(4, 3).Bytes.ToArray();
        Assert.Equal(file + "-2", _log.CutAfter(3, file));
        Assert.Null(_log.CutAfter(3, file));

        Assert.Equal(cut, File.ReadAllBytes(file));
        Assert.Equal(second, File.ReadAllBytes(file + "-2"));
        Assert.True(RecordGroup.TryRead(File.ReadAllBytes(file), out var group, out _));
        Assert.Equal((4, 120), (group!.First.Sequence, group.Last.Sequence));
    }

    [Fact]
    public void A_cut_leaves_zeros_behind_it()
    {
        Fill(groups: 40);
        _log.CutAfter(4, null);

        var segment = Assert.Single(_log.Segments);
        var bytes = File.ReadAllBytes(Path.Combine(_directory, segment.Name));
        Assert.Equal((4096, -1), (bytes.Length, bytes.AsSpan((int)segment.Bytes).IndexOfAnyExcept((byte)0)));
        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public void A_directory_that_is_a_file_is_named()
    {
        var path = _files.Write("file", "x");

        var failure = Assert.Throws<LogFailedException>(() => OriginLog.Create(path, LogExamples.Small, LogPoint.Beginning));
        Assert.Equal(("create", path), (failure.Operation, failure.FilePath));
    }

    [Fact]
    public void Space_that_there_is_not_is_refused_before_anything_is_written_to_it()
    {
        var failure = Assert.Throws<LogFailedException>(() => new LogDisk(_files.Root).Create("huge", 1L << 60));

        Assert.Equal(("create", Path.Combine(_files.Root, "huge")), (failure.Operation, failure.FilePath));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    [InlineData((1024 * 1024 * 1024) + 1)]
    public void A_size_of_files_that_makes_no_sense_is_refused(long bytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogOptions { SegmentBytes = bytes });
}
