using ClusterActors.Store.Log;

namespace ClusterActors.Store.Tests.Log;

/// <summary>What a crash may leave is cut; what only a fault of the disk can leave is refused.</summary>
public class TornTailSpecs
{
    private const int Durable = 12;

    private readonly SimulatedDisk _disk = new();
    private readonly byte[] _durableContent;
    private readonly long _durableEnd;
    private readonly string _name;
    private readonly SimulatedFile _newest;

    /// <summary>Two segments, all of it synced and marked.</summary>
    public TornTailSpecs()
    {
        using var log = OriginLog.Create(_disk, LogExamples.Small, LogPoint.Beginning);
        LogExamples.Fill(log, groups: 4, valueBytes: 400);
        Assert.Equal(Durable, log.Index.Durable);
        Assert.Equal(2, log.Segments.Count);
        _durableContent = LogExamples.Content(log);
        _durableEnd = log.Segments[^1].Bytes;
        _name = log.Segments[^1].Name;
        _newest = _disk.Files[_name];
    }

    private static LogOpening Open(SimulatedDisk disk, long copiesMark = 0) => OriginLog.Open(disk, LogExamples.Small, copiesMark);

    private static LogDamage Damage(LogOpening opening) => Assert.IsType<LogOpening.Damaged>(opening).Damage;

    private long Append(int records, int valueBytes)
    {
        using var log = LogExamples.Opened(Open(_disk));
        log.Append(LogExamples.Group(log.Index.Last.Sequence + 1, records, valueBytes));
        Assert.Equal(2, log.Segments.Count);
        return log.Segments[^1].Bytes;
    }

    private void AssertDurableIsThere(OriginLog log, string situation)
    {
        Assert.True(LogExamples.Content(log).AsSpan().StartsWith(_durableContent), situation);
        log.Append(LogExamples.Group(log.Index.Last.Sequence + 1, 1));
        Assert.Equal(log.Index.Last.Sequence, log.Sync());
    }

    [Fact]
    public void A_tail_that_is_torn_at_any_byte_is_cut_there_and_whole_records_of_it_stay()
    {
        var end = Append(records: 3, valueBytes: 60);
        for (var at = _durableEnd; at <= end; at++)
        {
            var disk = _disk.Copy();
            disk.Files[_name].Content.AsSpan((int)at).Clear();

            var opened = Assert.IsType<LogOpening.Opened>(Open(disk, Durable));

            AssertDurableIsThere(opened.Log, $"torn at {at}");
            using var again = LogExamples.Opened(Open(disk, opened.Log.Index.Durable));
            Assert.Equal(opened.Log.Index.Last, again.Index.Last);
        }
    }

    [Fact]
    public void The_cut_is_told_and_leaves_zeros()
    {
        var end = Append(records: 2, valueBytes: 60);
        _newest.Content[end - 1] ^= 1;

        var opened = Assert.IsType<LogOpening.Opened>(Open(_disk, Durable));

        var length = RecordLimits.HeaderBytes + "key-14".Length + 60;
        Assert.Equal(new TornTail(_name, end - length, length, "its checksum does not belong to what it says"), opened.Cut);
        Assert.Equal(Durable + 1, opened.Log.Index.Last.Sequence);
        Assert.Equal(-1, _newest.Content.AsSpan((int)end - length + SegmentMark.Bytes).IndexOfAnyExcept((byte)0));
        Assert.Null(Assert.IsType<LogOpening.Opened>(Open(_disk)).Cut);
    }

    [Fact]
    public void A_byte_that_is_wrong_anywhere_costs_no_durable_record()
    {
        var end = Append(records: 2, valueBytes: 60);
        var refused = 0;
        foreach (var (name, original) in _disk.Files)
        {
            // All that is written, and some of the zeros behind it.
            var used = name == _name ? end + 100 : original.Content.Length;
            for (var at = 0; at < used; at++)
            {
                foreach (var mask in new byte[] { 1, 0xff })
                {
                    var disk = _disk.Copy();
                    disk.Files[name].Content[at] ^= mask;

                    var opening = Open(disk, 0);

                    if (opening is LogOpening.Opened opened)
                    {
                        AssertDurableIsThere(opened.Log, $"byte {at} of {name}");
                        continue;
                    }

                    refused++;
                    Assert.Equal(name, Damage(opening).FilePath);
                    Assert.InRange(Damage(opening).Offset, 0, at);
                    Assert.Equal(disk.Files[name].Content[at], (byte)(original.Content[at] ^ mask));
                }
            }
        }

        // Only what is behind the newest mark, that mark included, and behind the last record of the older file, may be opened.
        Assert.InRange(refused, 2 * (_durableEnd - SegmentMark.Bytes), long.MaxValue);
    }

    [Theory]
    [InlineData(1)] // a page of zeros in the middle
    [InlineData(0xa5)] // and one of garbage
    public void A_hole_that_a_crash_left_in_front_of_what_it_wrote_is_a_torn_tail(byte fill)
    {
        var end = Append(records: 3, valueBytes: 60);
        _newest.Content.AsSpan((int)_durableEnd, 50).Fill(fill == 1 ? (byte)0 : fill);

        var opened = Assert.IsType<LogOpening.Opened>(Open(_disk, Durable));

        Assert.Equal((Durable, end - _durableEnd), (opened.Log.Index.Last.Sequence, opened.Cut!.Length));
        AssertDurableIsThere(opened.Log, "a hole");
    }

    [Fact]
    public void A_record_below_a_mark_is_damage_although_it_is_in_the_newest_file()
    {
        var at = (int)_durableEnd - SegmentMark.Bytes - 1;
        _newest.Content[at] ^= 1;

        var damage = Damage(Open(_disk));

        Assert.StartsWith("its checksum does not belong to what it says; records through 12 were durable, and it reads up to 3.1.11", damage.Reason, StringComparison.Ordinal);
        Assert.InRange(damage.Offset, 1, at);
    }

    [Fact]
    public void What_the_copies_have_committed_is_never_cut()
    {
        var end = Append(records: 2, valueBytes: 60);
        _newest.Content[end - 1] ^= 1;

        Assert.Contains("records through 14 are committed, and it reads up to 3.1.13", Damage(Open(_disk, 14)).Reason, StringComparison.Ordinal);
        Assert.IsType<LogOpening.Opened>(Open(_disk, 13));
    }

    [Fact]
    public void A_log_that_ends_before_what_the_copies_have_committed_is_damaged_although_it_looks_whole()
    {
        Assert.Contains("nothing stands there; records through 13 are committed", Damage(Open(_disk, 13)).Reason, StringComparison.Ordinal);
        Assert.IsType<LogOpening.Opened>(Open(_disk, 12));
    }

    [Fact]
    public void What_is_refused_is_not_changed()
    {
        _newest.Content[(int)_durableEnd - SegmentMark.Bytes - 1] ^= 1;
        var before = (byte[])_newest.Content.Clone();
        var steps = _disk.Steps;

        Damage(Open(_disk));

        Assert.Equal(before, _newest.Content);
        Assert.Equal(steps, _disk.Steps);
    }

    [Fact]
    public void A_file_that_is_missing_in_the_middle_is_damage_and_so_is_one_of_another_name()
    {
        using (var log = LogExamples.Opened(Open(_disk)))
            LogExamples.Fill(log, groups: 4, valueBytes: 400);
        var names = _disk.Names().Order(StringComparer.Ordinal).ToArray();
        Assert.InRange(names.Length, 3, 9);

        var without = _disk.Copy();
        without.Delete(names[1]);
        Assert.Contains("the next file begins behind 3.1.", Damage(Open(without)).Reason, StringComparison.Ordinal);
        var renamed = _disk.Copy();
        renamed.Rename(names[1], names[1].Replace('0', '1'));
        Assert.Equal($"its header is that of {names[1]}", Damage(Open(renamed)).Reason);
    }

    [Fact]
    public void A_newest_file_that_is_still_empty_is_opened_and_one_that_is_not_finished_is_forgotten()
    {
        var last = new LogPoint(LogExamples.Term, Durable);
        using (ActiveSegment.Create(_disk, last, LogOptions.MinSegmentBytes, 0))
            _disk.Create("00000000000000000099.log.new", 10);

        using var log = LogExamples.Opened(Open(_disk, Durable));

        Assert.Equal((3, last), (_disk.Files.Count, log.Index.Last));
        AssertDurableIsThere(log, "an empty file");
    }

    [Fact]
    public void What_stands_in_a_value_is_never_taken_for_a_mark()
    {
        // A client that knows how logs are written stores a mark; it cannot know the id.
        var mark = new byte[500];
        SegmentMark.Write(mark.AsSpan(400), 99, UInt128.One);
        using (var log = LogExamples.Opened(Open(_disk)))
        {
            var writer = new GroupWriter(LogExamples.Term, Durable + 1);
            writer.Put("log"u8, mark, 0);
            log.Append(writer.Finish());
            Assert.Equal(2, log.Segments.Count);
        }

        _newest.Content[(int)_durableEnd + 100] ^= 1;

        Assert.Equal(Durable, LogExamples.Opened(Open(_disk, Durable)).Index.Last.Sequence);
    }

    [Fact]
    public void A_mark_of_another_file_means_nothing()
    {
        SegmentMark.Write(_newest.Content.AsSpan((int)_durableEnd), Durable, UInt128.One);

        var opened = Assert.IsType<LogOpening.Opened>(Open(_disk, Durable));

        Assert.Equal((Durable, "a mark of another segment"), (opened.Log.Index.Last.Sequence, opened.Cut!.Reason));
    }
}
