namespace ClusterActors.Actors.Metrics;

/// <summary>CPU time of the whole machine from /proc/stat (proc_stat(5)).</summary>
/// <param name="Busy">Time of all cores in which something ran.</param>
/// <param name="Total">Time of all cores.</param>
/// <param name="Cores">Cores of the machine.</param>
internal readonly record struct ProcStat(TimeSpan Busy, TimeSpan Total, int Cores)
{
    private const string Path = "/proc/stat";

    // USER_HZ: 100 for every program on every architecture .NET runs on, whatever the kernel's own tick.
    private const double TicksPerSecond = 100;

    // user nice system idle iowait irq softirq steal; guest and guest_nice, which follow, are within user and nice.
    private const int CountedFields = 8;
    private const int Idle = 3;
    private const int IoWait = 4;

    /// <summary>Reads the counters, <see langword="null"/> when they are not there.</summary>
    public static ProcStat? Read(SystemFiles files)
    {
        ProcStat? all = null;
        var cores = 0;
        foreach (var line in files.Lines(Path).TakeWhile(line => line.StartsWith("cpu", StringComparison.Ordinal)))
        {
            if (line.StartsWith("cpu ", StringComparison.Ordinal))
            {
                all = Parse(line);
            }
            else
            {
                cores++;
            }
        }

        return all is { } stat && cores > 0 ? stat with { Cores = cores } : null;
    }

    private static ProcStat? Parse(string line)
    {
        long busy = 0, total = 0;
        var ticks = SystemFiles.Fields(line)[1..];
        for (var field = 0; field < Math.Min(ticks.Length, CountedFields); field++)
        {
            if (SystemFiles.Parse(ticks[field]) is not { } count)
            {
                return null;
            }

            total += count;
            busy += field is Idle or IoWait ? 0 : count;
        }

        return ticks.Length > Idle ? new ProcStat(TimeSpan.FromSeconds(busy / TicksPerSecond), TimeSpan.FromSeconds(total / TicksPerSecond), Cores: 0) : null;
    }
}
