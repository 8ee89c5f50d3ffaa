namespace ClusterActors.Actors.Metrics;

/// <summary>Counters of CPU time that only grow, read at one moment; two of them give a usage.</summary>
/// <param name="Scope">What was counted: usages are only made of counters of the same scope and as many cores.</param>
/// <param name="Busy">CPU time used in that scope; <see langword="null"/> where it cannot be read.</param>
/// <param name="Capacity">CPU time there was in that scope; <see langword="null"/> when it follows from the time passed.</param>
/// <param name="Process">CPU time this process used.</param>
/// <param name="Cores">Cores, or part of one, that make up 100 percent.</param>
internal readonly record struct CpuCounters(string Scope, TimeSpan? Busy, TimeSpan? Capacity, TimeSpan Process, double Cores)
{
    private const double WholePercent = 100;

    /// <summary>Usage of the scope and of this process between two readings, in percent; unknown where that cannot be told.</summary>
    /// <param name="earlier">The reading before.</param>
    /// <param name="passed">Time between the two.</param>
    public (double? Scope, double? Process) UsageSince(CpuCounters earlier, TimeSpan passed)
    {
        if (Scope != earlier.Scope || Cores != earlier.Cores)
        {
            return (null, null);
        }

        var whole = passed * Cores;
        return (
            Percent(Busy - earlier.Busy, Capacity is null ? whole : Capacity - earlier.Capacity),
            Percent(Process - earlier.Process, whole));
    }

    // A counter that went back was reset, as after a restore of a frozen machine: it says nothing about this interval.
    private static double? Percent(TimeSpan? used, TimeSpan? whole) =>
        used is { } part && whole is { } all && part >= TimeSpan.Zero && all > TimeSpan.Zero
            ? Math.Round(Math.Min(part / all * WholePercent, WholePercent), 2, MidpointRounding.AwayFromZero)
            : null;
}
