using ClusterActors.Store.Log;

namespace ClusterActors.Store.Tests.Log;

public class DiskFailureSpecs
{
    private readonly SimulatedDisk _disk = new();
    private readonly OriginLog _log;

    public DiskFailureSpecs()
    {
        _log = OriginLog.Create(_disk, LogExamples.Small, LogPoint.Beginning);
        LogExamples.Fill(_log, groups: 2);
    }

    private static RecordGroup Next(OriginLog log, int valueBytes = 100) => LogExamples.Group(log.Index.Last.Sequence + 1, 3, valueBytes);

    [Fact]
    public void A_sync_that_failed_is_never_tried_again()
    {
        _log.Append(Next(_log));
        _disk.Fails = operation => operation == "sync";
        var first = Assert.Throws<LogSyncException>(() => _log.Sync());
        var steps = _disk.Steps;
        _disk.Fails = _ => false;

        Assert.Same(first, Assert.Throws<LogSyncException>(() => _log.Sync()));

        Assert.Equal((steps, 6, first), (_disk.Steps, _log.Index.Durable, _log.Failure));
    }

    [Theory]
    [InlineData("write")]
    [InlineData("sync")]
    public void After_a_failure_the_log_is_read_only_and_can_be_read(string operation)
    {
        _disk.Fails = failing => failing == operation;
        Assert.ThrowsAny<LogFailedException>(() =>
        {
            _log.Append(Next(_log));
            _log.Sync();
        });
        _disk.Fails = _ => false;

        Assert.ThrowsAny<LogFailedException>(() => _log.Append(Next(_log)));
        Assert.ThrowsAny<LogFailedException>(() => _log.CutAfter(3, null));
        Assert.ThrowsAny<LogFailedException>(() => _log.DropBefore(3));
        Assert.Equal(6, _log.ReadFrom(1, int.MaxValue)!.Count - (_log.Index.Last.Sequence - 6));
        Assert.Equal(6, _log.Index.Durable);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("rename")]
    [InlineData("sync names")]
    [InlineData("sync")]
    [InlineData("write")]
    public void A_disk_that_is_full_when_a_file_is_begun_leaves_the_log_as_it_was(string operation)
    {
        var last = _log.Index.Last;
        _disk.Fails = failing => failing == operation;

        var failure = Assert.ThrowsAny<LogFailedException>(() => _log.Append(Next(_log, valueBytes: 2000)));

        Assert.Equal("No space left on device", failure.InnerException!.Message);
        Assert.StartsWith($"cannot {(operation == "sync names" ? "sync" : operation)} disk", failure.Message, StringComparison.Ordinal);
        Assert.Equal(last, _log.Index.Last);
        _disk.Restart();
        Assert.Equal(last, LogExamples.Opened(OriginLog.Open(_disk, LogExamples.Small, 6)).Index.Last);
    }

    [Fact]
    public void A_disk_that_has_no_room_for_a_new_file_is_tried_again_with_the_next_group()
    {
        _disk.Fails = operation => operation == "create";
        Assert.Throws<LogNoRoomException>(() => _log.Append(Next(_log, valueBytes: 2000)));
        Assert.Null(_log.Failure);

        // What fits into the file that is there needs no room.
        _log.Append(Next(_log, valueBytes: 1));
        _disk.Fails = _ => false;
        _log.Append(Next(_log, valueBytes: 2000));

        var last = _log.Index.Last;
        Assert.Equal((12, 12), (last.Sequence, _log.Sync()));
        _disk.Restart();
        Assert.Equal(last, LogExamples.Opened(OriginLog.Open(_disk, LogExamples.Small, 12)).Index.Last);
    }

    [Fact]
    public void A_mark_that_cannot_be_written_fails_the_sync()
    {
        _log.Append(Next(_log));
        _disk.Fails = operation => operation == "write";

        Assert.Throws<LogFailedException>(() => _log.Sync());
    }

    [Fact]
    public void Records_that_the_disk_changed_are_not_handed_out()
    {
        var (name, file) = _disk.Files.Single();
        file.Content[SegmentHeader.Bytes + 60] ^= 1;

        var damage = Assert.Throws<LogDamagedException>(() => _log.ReadFrom(1, 1000)).Damage;

        Assert.Equal((name, (long)SegmentHeader.Bytes), (damage.FilePath, damage.Offset));
        Assert.Throws<LogDamagedException>(() => _log.CutAfter(1, null));
        Assert.Null(_log.Failure);
        Assert.Equal(6, _log.Index.Last.Sequence);
    }
}
