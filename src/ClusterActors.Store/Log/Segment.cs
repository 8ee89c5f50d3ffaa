namespace ClusterActors.Store.Log;

/// <summary>What is known of a segment file: where its records are, roughly, and where they end.</summary>
/// <param name="header">Its header.</param>
internal sealed class Segment(SegmentHeader header)
{
    // A reader skips at most this much to find a record; in return a place costs 16 bytes of memory.
    private const int Stride = 64 * 1024;

    private readonly List<(long Sequence, long Offset)> _places = [(header.First, SegmentHeader.Bytes)];

    public SegmentHeader Header { get; } = header;

    public string Name { get; } = header.Name;

    /// <summary>The last record in it, or the one before it.</summary>
    public LogPoint Last { get; private set; } = header.Before;

    /// <summary>Where the next item goes.</summary>
    public long End { get; private set; } = SegmentHeader.Bytes;

    public LogSegment View => new(Name, Header.First, Last.Sequence, End);

    /// <summary>Takes note of a record that stands at the end.</summary>
    public void AddRecord(LogPoint point, int bytes)
    {
        if (End - _places[^1].Offset >= Stride)
            _places.Add((point.Sequence, End));
        Last = point;
        End += bytes;
    }

    /// <summary>Takes note of a mark that stands at the end.</summary>
    public void AddMark() => End += SegmentMark.Bytes;

    /// <summary>An offset where an item begins, at or before the record.</summary>
    public long Near(long sequence)
    {
        var low = 0;
        for (var high = _places.Count; high - low > 1;)
        {
            var middle = (low + high) / 2;
            if (_places[middle].Sequence <= sequence)
                low = middle;
            else
                high = middle;
        }

        return _places[low].Offset;
    }
}
