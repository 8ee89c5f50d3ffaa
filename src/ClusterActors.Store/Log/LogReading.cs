using System.Buffers;
using System.Collections.Immutable;

namespace ClusterActors.Store.Log;

/// <summary>Collects records that follow each other from the segments of a log, checksums checked again.</summary>
/// <param name="disk">The directory.</param>
/// <param name="maxBytes">Most bytes; the first record is taken whatever its size.</param>
/// <param name="last">Sequence of the last record to take.</param>
internal sealed class LogReading(ILogDisk disk, int maxBytes, long last)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly ImmutableArray<LogPoint>.Builder _terms = ImmutableArray.CreateBuilder<LogPoint>(1);
    private LogPoint _last;
    private int _count;
    private bool _isFull;

    /// <summary>Whether there is nothing more to take.</summary>
    public bool IsDone => _isFull || (_count > 0 && _last.Sequence >= last);

    /// <summary>Takes records of one segment, from a sequence that is in it.</summary>
    /// <exception cref="LogDamagedException">A record that was whole is not any more.</exception>
    public void Take(ILogFile file, Segment segment, long from)
    {
        using var reader = new SegmentReader(file, segment.Header.Id, segment.Near(from));
        var end = Math.Min(last, segment.Last.Sequence);
        for (var next = from; next <= end && !IsDone;)
        {
            var item = reader.Read(out var record, out _, out var wrong);
            if (item == SegmentItem.Mark || (item == SegmentItem.Record && record.Point.Sequence < from))
                continue;
            if (item == SegmentItem.Record)
                wrong = record.Point.Sequence == next ? null : $"record {record.Point} stands where {next} was";
            else
                wrong ??= $"nothing stands where record {next} was";
            if (wrong is not null)
                throw new LogDamagedException(new LogDamage(disk.PathOf(segment.Name), reader.Offset, wrong));
            Add(record.Point, reader.Bytes);
            next++;
        }
    }

    public RecordGroup Finish() => RecordGroup.Of(_bytes.WrittenMemory, _count, _terms.DrainToImmutable(), _last);

    private void Add(LogPoint point, ReadOnlySpan<byte> bytes)
    {
        _isFull = _count > 0 && _bytes.WrittenCount + bytes.Length > maxBytes;
        if (_isFull)
            return;
        if (_count == 0 || point.Term != _last.Term)
            _terms.Add(point);
        _bytes.Write(bytes);
        _last = point;
        _count++;
    }
}
