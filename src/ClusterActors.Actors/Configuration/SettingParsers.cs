using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using ClusterActors.Actors.Configuration.Hocon;

namespace ClusterActors.Actors.Configuration;

/// <summary>The forms in which values are written: numbers, times, sizes, switches, choices and lists.</summary>
internal static class SettingParsers
{
    private const string OutOfRange = "it is out of range";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly ImmutableArray<(string Unit, double Milliseconds)> TimeUnits =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    private static readonly ImmutableArray<(string Unit, long Bytes)> SizeUnits =
        [("", 1), ("B", 1), ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30)];

    public static SettingParser<int> Integer(int min, int max) => (HoconNode written, out int value) =>
    {
        value = 0;
        return written is not HoconScalar scalar ? "it is not a single number"
            : !long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? "it is not a whole number"
            : number < min || number > max ? OutOfRange
            : Found((int)number, out value);
    };

    public static SettingParser<TimeSpan> Time(TimeSpan min, TimeSpan max) => (HoconNode written, out TimeSpan value) =>
    {
        value = default;
        if (written is not HoconScalar scalar || !TrySplit(scalar.Text, out var number, out var unit))
        {
            return "it is not a time";
        }

        if (unit.Length == 0)
        {
            return $"a time needs its unit, as in {scalar.Text}ms or {scalar.Text}s";
        }

        var milliseconds = TimeUnits.FirstOrDefault(known => known.Unit == unit).Milliseconds * number;
        return milliseconds == 0 && number != 0 ? $"'{unit}' is no unit of time; ms, s, m, h and d are"
            : milliseconds < min.TotalMilliseconds || milliseconds > max.TotalMilliseconds ? OutOfRange
            : Found(TimeSpan.FromMilliseconds(milliseconds), out value);
    };

    public static SettingParser<TimeSpan?> TimeOrOff(TimeSpan min, TimeSpan max)
    {
        var parseTime = Time(min, max);
        return (HoconNode written, out TimeSpan? value) =>
        {
            value = null;
            if (written is HoconScalar { Text: "off" })
            {
                return null;
            }

            var problem = parseTime(written, out var time);
            value = problem is null ? time : null;
            return problem;
        };
    }

    public static SettingParser<int> Size(int min, int max) => (HoconNode written, out int value) =>
    {
        value = 0;
        if (written is not HoconScalar scalar || !TrySplit(scalar.Text, out var number, out var unit))
        {
            return "it is not a size";
        }

        var known = SizeUnits.FirstOrDefault(candidate => candidate.Unit == unit);
        var bytes = known.Bytes * number;
        return known.Unit is null ? $"'{unit}' is no unit of size; KiB, MiB and GiB are, and bytes have none"
            : bytes < min || bytes > max ? OutOfRange
            : bytes != Math.Floor(bytes) ? "it is not a whole number of bytes"
            : Found((int)bytes, out value);
    };

    public static SettingParser<T> Choice<T>(params (string Name, T Value)[] choices) => (HoconNode written, out T value) =>
    {
        foreach (var (name, choice) in choices)
        {
            if (written is HoconScalar scalar && scalar.Text == name)
            {
                value = choice;
                return null;
            }
        }

        value = choices[0].Value;
        return "it is none of the choices";
    };

    public static SettingParser<string> Text(Func<string, bool> accepts) => (HoconNode written, out string value) =>
    {
        value = (written as HoconScalar)?.Text ?? string.Empty;
        return written is not HoconScalar ? "it is not a text" : accepts(value) ? null : "it is not of that form";
    };

    /// <summary>A list in brackets, one element without them, or several in one text with commas, as environment variables have it.</summary>
    public static SettingParser<ImmutableArray<T>> List<T>(SettingParser<T> parseItem) =>
        (HoconNode written, out ImmutableArray<T> value) =>
        {
            value = [];
            if (written is HoconSection)
            {
                return "it is not a list";
            }

            var items = written is HoconList list ? list.Items
                : [.. ((HoconScalar)written).Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(text => new HoconScalar(text, written.Origin))];

            var values = ImmutableArray.CreateBuilder<T>(items.Length);
            foreach (var item in items)
            {
                if (parseItem(item, out var parsed) is { } problem)
                {
                    return items.Length == 1 ? problem : $"{item.Display}: {problem}";
                }

                values.Add(parsed);
            }

            return Found(values.ToImmutable(), out value);
        };

    public static string? Address(HoconNode written, out HostAndPort value)
    {
        value = default;
        return written is HoconScalar scalar && HostAndPort.TryParse(scalar.Text, out value)
            ? null
            : "it is not host:port with a port from 1 to 65535";
    }

    private static string? Found<T>(T found, out T value)
    {
        value = found;
        return null;
    }

    private static bool TrySplit(string text, out double number, out string unit)
    {
        var end = text.AsSpan().IndexOfAnyExcept(NumberCharacters);
        end = end < 0 ? text.Length : end;
        unit = text[end..].TrimStart();
        return double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
