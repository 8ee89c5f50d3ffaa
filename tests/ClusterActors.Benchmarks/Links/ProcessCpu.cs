using System.Globalization;

namespace ClusterActors.Benchmarks.Links;

/// <summary>CPU time of another process: <c>utime</c> and <c>stime</c> of <c>/proc/PID/stat</c> (proc(5)).</summary>
internal static class ProcessCpu
{
    // USER_HZ, which Linux fixes at 100 towards programs on every platform .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds used so far, in ticks of 10 ms.</summary>
    /// <exception cref="IOException">There is no such process.</exception>
    public static double Seconds(int pid)
    {
        // The name in the second field may hold anything, a closing parenthesis included: count from the last one.
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Ticks(fields[11]) + Ticks(fields[12])) / TicksPerSecond;
    }

    private static long Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
