using System.Globalization;

namespace ClusterActors.Actors.Configuration;

/// <summary>Values as they are written in a configuration.</summary>
internal static class SettingText
{
    public static string Of(TimeSpan time) => time switch
    {
        _ when time == TimeSpan.Zero => "0s",
        _ when time.Ticks % TimeSpan.TicksPerDay == 0 => Whole(time.TotalDays, "d"),
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => Whole(time.TotalHours, "h"),
        _ when time.Ticks % TimeSpan.TicksPerMinute == 0 => Whole(time.TotalMinutes, "m"),
        _ when time.Ticks % TimeSpan.TicksPerSecond == 0 => Whole(time.TotalSeconds, "s"),
        _ => Whole(time.TotalMilliseconds, "ms"),
    };

    public static string Of(int bytes) => bytes switch
    {
        _ when bytes > 0 && bytes % (1 << 30) == 0 => Whole(bytes >> 30, "GiB"),
        _ when bytes > 0 && bytes % (1 << 20) == 0 => Whole(bytes >> 20, "MiB"),
        _ when bytes > 0 && bytes % (1 << 10) == 0 => Whole(bytes >> 10, "KiB"),
        _ => bytes.ToString(CultureInfo.InvariantCulture),
    };

    public static string OneOf(IEnumerable<string> choices)
    {
        string[] all = [.. choices];
        return $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    private static string Whole(double number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;
}
