using System.Collections.Immutable;

namespace ClusterActors.Store.Log;

/// <summary>
/// Reads a log as a crash, or the disk, has left it. What was not durable may be torn: only at the end of the newest segment, beyond the
/// last mark and beyond what the copies have committed. Everything else that is not as it was written is damage.
/// </summary>
/// <param name="disk">The directory.</param>
/// <param name="options">How the log is kept.</param>
/// <param name="committed">Sequence through which others know that the log was durable.</param>
internal sealed class LogRecovery(ILogDisk disk, LogOptions options, long committed)
{
    private readonly List<Segment> _segments = [];
    private readonly ImmutableArray<LogPoint>.Builder _terms = ImmutableArray.CreateBuilder<LogPoint>();

    public LogOpening Run()
    {
        var names = disk.Names();
        var headers = new List<SegmentHeader>();
        foreach (var name in names.Where(SegmentHeader.IsName).Order(StringComparer.Ordinal))
        {
            if (ReadHeader(name, out var header) is { } wrong)
                return Damaged(name, 0, wrong);
            headers.Add(header);
        }

        if (headers.Count == 0)
            return new LogOpening.Missing();
        for (var i = 0; i < headers.Count - 1; i++)
        {
            if (ReadOlder(headers[i], headers[i + 1]) is { } damage)
                return damage;
        }

        foreach (var name in names.Where(name => name.EndsWith(ActiveSegment.Unfinished, StringComparison.Ordinal)))
            disk.Delete(name);
        var file = disk.Open(headers[^1].Name);
        try
        {
            var opening = ReadNewest(file, headers);
            if (opening is not LogOpening.Opened)
                file.Dispose();
            return opening;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private string? ReadHeader(string name, out SegmentHeader header)
    {
        using var file = disk.Open(name);
        Span<byte> bytes = stackalloc byte[SegmentHeader.Bytes];
        if (!SegmentHeader.TryRead(bytes[..file.Read(bytes, 0)], out header, out var reason))
            return reason;
        return header.Name == name ? null : $"its header is that of {header.Name}";
    }

    private LogOpening.Damaged? ReadOlder(SegmentHeader header, SegmentHeader next)
    {
        using var file = disk.Open(header.Name);
        var scan = SegmentScan.Run(file, header);
        if (scan.Segment.Last != next.Before)
        {
            return Damaged(
                header.Name, scan.Segment.End, $"{scan.Wrong ?? "nothing stands there"}; the next file begins behind {next.Before}, and this reads up to {scan.Segment.Last}");
        }

        Add(scan);
        return null;
    }

    private LogOpening ReadNewest(ILogFile file, List<SegmentHeader> headers)
    {
        var header = headers[^1];
        var scan = SegmentScan.Run(file, header);
        var last = scan.Segment.Last;
        var tail = SegmentTail.Look(file, header.Id, scan.Segment.End);
        var reason = scan.Wrong ?? "nothing stands there";
        if (tail.Durable > last.Sequence)
            return Damaged(header.Name, scan.Segment.End, $"{reason}; records through {tail.Durable} were durable, and it reads up to {last}");
        if (committed > last.Sequence)
            return Damaged(header.Name, scan.Segment.End, $"{reason}; records through {committed} are committed, and it reads up to {last}");

        Add(scan);
        TornTail? cut = null;
        if (tail.End > scan.Segment.End)
        {
            cut = new TornTail(disk.PathOf(header.Name), scan.Segment.End, tail.End - scan.Segment.End, scan.Wrong ?? "zeros stand before it");
            SegmentTail.Clear(file, scan.Segment.End, tail.End);
        }

        // Whoever wrote it may have been ended before he synced it.
        file.Sync();
        disk.SyncNames();
        var active = new ActiveSegment(file, scan.Segment, scan.Durable);
        active.Mark(last.Sequence);
        var index = new LogIndex { Base = headers[0].Before, Terms = _terms.DrainToImmutable(), Last = last, Durable = last.Sequence };
        return new LogOpening.Opened(new OriginLog(disk, options, _segments, active, index), cut);
    }

    private void Add(SegmentScan scan)
    {
        _segments.Add(scan.Segment);
        _terms.AddRange(scan.Terms);
    }

    private LogOpening.Damaged Damaged(string name, long offset, string reason) => new(new LogDamage(disk.PathOf(name), offset, reason));
}
