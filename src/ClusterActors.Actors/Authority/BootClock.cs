using System.Runtime.InteropServices;

namespace ClusterActors.Actors.Authority;

/// <summary>
/// The time since the machine was started, with the time it was suspended: a holder that wakes from a suspended machine must see that its
/// lease is over. Not moved by setting the time of day.
/// </summary>
/// <remarks>Where the system has no such clock for us (other than Linux, macOS and Windows) it is the one that stands while suspended.</remarks>
internal sealed partial class BootClock : TimeProvider
{
    // <time.h>: CLOCK_BOOTTIME on Linux; CLOCK_MONOTONIC counts through sleep on macOS.
    private const int LinuxBootTime = 7;
    private const int MacMonotonic = 6;
    private const long NanosecondsPerSecond = 1_000_000_000;

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    private BootClock()
    {
    }

    /// <summary>The only one.</summary>
    public static BootClock Instance { get; } = new();

    /// <inheritdoc/>
    public override long TimestampFrequency => NanosecondsPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        if (OperatingSystem.IsWindows())
            return Environment.TickCount64 * (NanosecondsPerSecond / 1000);
        var clock = OperatingSystem.IsMacOS() ? MacMonotonic : LinuxBootTime;
        if ((OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && GetTime(clock, out var time) == 0)
            return ((long)time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
        return (long)(base.GetTimestamp() * ((double)NanosecondsPerSecond / base.TimestampFrequency));
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);
}
