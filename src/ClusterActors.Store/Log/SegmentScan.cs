using System.Collections.Immutable;

namespace ClusterActors.Store.Log;

/// <summary>What was found in a segment file, read from its beginning to the first place where nothing or nothing valid stands.</summary>
/// <param name="Segment">The segment up to there.</param>
/// <param name="Terms">Each record of another term than the one before it.</param>
/// <param name="Durable">The highest mark; what is before the segment is always durable.</param>
/// <param name="Wrong">What is wrong behind it; <see langword="null"/> when nothing stands there.</param>
internal sealed record SegmentScan(Segment Segment, ImmutableArray<LogPoint> Terms, long Durable, string? Wrong)
{
    /// <summary>Reads a segment; changes nothing.</summary>
    public static SegmentScan Run(ILogFile file, SegmentHeader header)
    {
        var segment = new Segment(header);
        var terms = ImmutableArray.CreateBuilder<LogPoint>();
        var durable = header.First - 1;
        string? wrong = null;
        using var reader = new SegmentReader(file, header.Id, segment.End);
        while (wrong is null)
        {
            var item = reader.Read(out var record, out var mark, out wrong);
            if (item == SegmentItem.Nothing)
                break;
            if (item == SegmentItem.Mark)
            {
                wrong = mark < durable || mark > segment.Last.Sequence
                    ? $"a mark says that all through {mark} is durable, between {durable} and {segment.Last.Sequence}"
                    : null;
                if (wrong is not null)
                    break;
                durable = mark;
                segment.AddMark();
            }
            else if (item == SegmentItem.Record && (wrong = RecordGroup.WhyNotNext(segment.Last, record.Point)) is null)
            {
                if (record.Point.Term != segment.Last.Term)
                    terms.Add(record.Point);
                segment.AddRecord(record.Point, record.Length);
            }
        }

        return new SegmentScan(segment, terms.DrainToImmutable(), durable, wrong);
    }
}
