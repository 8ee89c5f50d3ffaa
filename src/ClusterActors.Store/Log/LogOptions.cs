namespace ClusterActors.Store.Log;

/// <summary>How a log is kept.</summary>
public sealed record LogOptions
{
    /// <summary>The smallest segment.</summary>
    public const long MinSegmentBytes = 4 * 1024;

    /// <summary>The largest segment.</summary>
    public const long MaxSegmentBytes = 1024 * 1024 * 1024;

    private readonly long _segmentBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Bytes of a segment file, 4 KiB to 1 GiB. Larger ones are created less often, smaller ones free their space earlier. A group that is
    /// larger gets a file of its own size.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of that.</exception>
    public long SegmentBytes
    {
        get => _segmentBytes;
        init => _segmentBytes = value is >= MinSegmentBytes and <= MaxSegmentBytes
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"a segment has {MinSegmentBytes} to {MaxSegmentBytes} bytes");
    }
}
