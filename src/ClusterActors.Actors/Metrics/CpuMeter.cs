namespace ClusterActors.Actors.Metrics;

/// <summary>Makes usages of CPU counters: the average since the reading before.</summary>
internal sealed class CpuMeter
{
    // Five ticks of the usual 100 Hz counters: below that, one tick more or less is most of the figure.
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time;
    private readonly Func<CpuCounters> _read;
    private CpuCounters _earlier;
    private long _earlierAt;
    private (double? Scope, double? Process) _usage;

    /// <summary>Takes the first reading, so that the first usage is the average since now.</summary>
    public CpuMeter(TimeProvider time, Func<CpuCounters> read)
    {
        _time = time;
        _read = read;
        _earlier = read();
        _earlierAt = time.GetTimestamp();
    }

    /// <summary>Usage of the scope and of this process in percent.</summary>
    public (double? Scope, double? Process) Usage()
    {
        var now = _time.GetTimestamp();
        var passed = _time.GetElapsedTime(_earlierAt, now);
        if (passed >= ShortestInterval)
        {
            var counters = _read();
            _usage = counters.UsageSince(_earlier, passed);
            (_earlier, _earlierAt) = (counters, now);
        }

        return _usage;
    }
}
