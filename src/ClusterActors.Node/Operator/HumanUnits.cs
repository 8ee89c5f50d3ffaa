using System.Globalization;

namespace ClusterActors.Node.Operator;

/// <summary>Numbers as a person reads them. What is not known is a dash, never 0.</summary>
internal static class HumanUnits
{
    /// <summary>What stands for a value that is not known.</summary>
    public const string Unknown = "-";

    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A count with its thousands parted: <c>12,345</c>.</summary>
    public static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>Bytes in the largest binary unit of which there is one at least: <c>1.5 GiB</c>.</summary>
    public static string Bytes(long? bytes) => bytes is { } known ? $"{In(known, UnitOf(known))} {ByteUnits[UnitOf(known)]}" : Unknown;

    /// <summary>A part of a whole in the unit of the whole: <c>1.2/7.8 GiB</c>.</summary>
    public static string BytesOf(long? part, long? whole) => (part, whole) switch
    {
        (null, null) => Unknown,
        (_, null) => Bytes(part),
        ({ } used, { } total) => $"{In(used, UnitOf(total))}/{Bytes(total)}",
        _ => $"{Unknown}/{Bytes(whole)}",
    };

    /// <summary>Percent without decimals: <c>23 %</c>.</summary>
    public static string Percent(double? percent) => percent is { } known ? $"{Whole(known)} %" : Unknown;

    /// <summary>Two percentages without their sign: <c>23/5</c>.</summary>
    public static string Percents(double? first, double? second) =>
        first is null && second is null ? Unknown : $"{Whole(first)}/{Whole(second)}";

    /// <summary>A duration: <c>0.4 s</c>, <c>59 s</c>, <c>12 min</c>, <c>3 h</c>, <c>2 d</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 9.95 } => Invariant($"{time.TotalSeconds:0.0} s"),
        { TotalSeconds: < 60 } => Invariant($"{Math.Floor(time.TotalSeconds):0} s"),
        { TotalMinutes: < 60 } => Invariant($"{Math.Floor(time.TotalMinutes):0} min"),
        { TotalHours: < 48 } => Invariant($"{Math.Floor(time.TotalHours):0} h"),
        _ => Invariant($"{Math.Floor(time.TotalDays):0} d"),
    };

    private static int UnitOf(long bytes)
    {
        var unit = 0;
        for (var rest = bytes; rest >= 1024 && unit < ByteUnits.Length - 1; rest /= 1024)
            unit++;
        return unit;
    }

    private static string In(long bytes, int unit)
    {
        var value = bytes / Math.Pow(1024, unit);
        return value.ToString(unit > 0 && value < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture);
    }

    private static string Whole(double? percent) => percent?.ToString("0", CultureInfo.InvariantCulture) ?? Unknown;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
