using System.Collections.Immutable;

namespace ClusterActors.Store.Log;

/// <summary>
/// Whole records that follow each other without a gap: what is written to a log and synced at once, and what goes to the copies. The
/// bytes are the same in both places, and are never changed.
/// </summary>
public sealed class RecordGroup
{
    private RecordGroup(ReadOnlyMemory<byte> bytes, int count, ImmutableArray<LogPoint> terms, LogPoint last)
    {
        Bytes = bytes;
        Count = count;
        Terms = terms;
        Last = last;
    }

    /// <summary>The records, one behind the other.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>How many they are; 1 or more.</summary>
    public int Count { get; }

    /// <summary>The first record, and each that is of another term than the one before it.</summary>
    public ImmutableArray<LogPoint> Terms { get; }

    /// <summary>The first record.</summary>
    public LogPoint First => Terms[0];

    /// <summary>The last record.</summary>
    public LogPoint Last { get; }

    /// <summary>Looks whether bytes are a group, checksums included.</summary>
    /// <param name="bytes">The bytes, which must not be changed afterwards.</param>
    /// <param name="group">The group.</param>
    /// <param name="reason">What is wrong, with the offset.</param>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out RecordGroup? group, out string? reason)
    {
        group = null;
        var rest = bytes.Span;
        var terms = ImmutableArray.CreateBuilder<LogPoint>(1);
        var last = default(LogPoint);
        var count = 0;
        while (!rest.IsEmpty || count == 0)
        {
            var offset = bytes.Length - rest.Length;
            var status = RecordReader.TryRead(ref rest, out var record, out reason);
            if (status != RecordStatus.Done)
            {
                reason = $"byte {offset}: {(status == RecordStatus.NeedMore ? "the record is not whole" : reason)}";
                return false;
            }

            if (count > 0 && WhyNotNext(last, record.Point) is { } gap)
            {
                reason = $"byte {offset}: {gap}";
                return false;
            }

            if (count == 0 || record.Point.Term != last.Term)
                terms.Add(record.Point);
            last = record.Point;
            count++;
        }

        reason = null;
        group = new RecordGroup(bytes, count, terms.DrainToImmutable(), last);
        return true;
    }

    /// <summary>A group of records that the caller has just written himself.</summary>
    internal static RecordGroup Of(ReadOnlyMemory<byte> bytes, int count, ImmutableArray<LogPoint> terms, LogPoint last) =>
        new(bytes, count, terms, last);

    /// <summary>Why a record cannot stand behind another, or <see langword="null"/>.</summary>
    internal static string? WhyNotNext(LogPoint last, LogPoint next)
    {
        if (next.Sequence != last.Sequence + 1)
            return $"record {next} does not follow {last}";
        return next.Term < last.Term ? $"record {next} is of an older term than {last} before it" : null;
    }
}
