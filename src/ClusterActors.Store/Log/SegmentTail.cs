namespace ClusterActors.Store.Log;

/// <summary>What stands behind the last valid item of a segment.</summary>
/// <param name="End">Behind the last byte that is not 0; where it began to look when there is none.</param>
/// <param name="Durable">The highest mark in it; -1 when there is none.</param>
internal readonly record struct SegmentTail(long End, long Durable)
{
    private const int Window = 1024 * 1024;

    // As much of a mark as can be in one window without its rest.
    private const int Overlap = SegmentMark.Bytes - 1;

    /// <summary>Looks at all bytes from an offset on.</summary>
    public static SegmentTail Look(ILogFile file, UInt128 id, long from)
    {
        var window = new byte[(int)Math.Clamp(file.Length - from + 1, SegmentMark.Bytes, Window)];
        var end = from;
        var durable = -1L;
        for (var offset = from; ; offset += window.Length - Overlap)
        {
            var read = file.Read(window, offset);
            var bytes = window.AsSpan(0, read);
            var last = bytes.LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
            {
                end = offset + last + 1;
                durable = Math.Max(durable, SegmentMark.Highest(bytes, id));
            }

            if (read < window.Length)
                return new SegmentTail(end, durable);
        }
    }

    /// <summary>Writes zeros.</summary>
    public static void Clear(ILogFile file, long from, long to)
    {
        var zeros = new byte[Math.Min(Window, to - from)];
        for (var offset = from; offset < to; offset += zeros.Length)
            file.Write(zeros.AsSpan(0, (int)Math.Min(zeros.Length, to - offset)), offset);
    }
}
