using System.Globalization;
using ClusterActors.Actors.Authority;

namespace ClusterActors.Actors.Tests.Authority;

public class BootClockSpecs
{
    [Fact]
    public void It_counts_nanoseconds() => Assert.Equal(1_000_000_000, BootClock.Instance.TimestampFrequency);

    [Fact]
    public void It_never_runs_backwards()
    {
        var last = BootClock.Instance.GetTimestamp();
        for (var i = 0; i < 100_000; i++)
        {
            var next = BootClock.Instance.GetTimestamp();
            Assert.True(next >= last, $"{next} after {last}");
            last = next;
        }
    }

    [Fact]
    public void It_says_how_long_the_machine_runs()
    {
        if (!OperatingSystem.IsLinux())
            return;

        // What the kernel says is cut to hundredths of a second.
        var before = Uptime();
        var clock = BootClock.Instance.GetElapsedTime(0).TotalSeconds;
        var after = Uptime() + 0.02;

        Assert.InRange(clock, before, after);
    }

    private static double Uptime() => double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
}
