using System.Globalization;
using System.Text;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>
/// Values that tell which put wrote them, by a label at their beginning; the rest is any bytes, given by the label alone, so that every byte can be checked.
/// A label ends with the length of the value, and that of a counter holds its number: <c>client.17=3#200</c>.
/// </summary>
public static class LabelledValue
{
    private const byte End = (byte)'|';
    private const int LongestLabel = 100;

    /// <summary>A label that nobody else has.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="number">Of this client, used once.</param>
    /// <param name="length">Bytes of the value, at least those of the label.</param>
    /// <param name="count">What a counter is to be.</param>
    public static string Label(string client, long number, int length, long? count = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{client}.{number}{(count is { } value ? "=" : "")}{count}#{length}");

    /// <summary>The value of a label.</summary>
    public static byte[] Of(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        var head = Encoding.ASCII.GetBytes(label);
        var value = new byte[Math.Max(LengthIn(label), head.Length + 1)];
        new Random(Hash(head)).NextBytes(value);
        head.CopyTo(value, 0);
        value[head.Length] = End;
        return value;
    }

    /// <summary>The label of a value; of one that nobody can have written, words that are no label.</summary>
    public static string LabelOf(ReadOnlySpan<byte> value)
    {
        var end = value.IndexOf(End);
        if (end is < 0 or > LongestLabel)
            return $"{value.Length} bytes without a label";
        var label = Encoding.ASCII.GetString(value[..end]);
        return label.Contains('#', StringComparison.Ordinal) && value.SequenceEqual(Of(label)) ? label : $"{label} in a value that is damaged";
    }

    /// <summary>What a counter is; null when the label is not that of a counter.</summary>
    public static long? CountIn(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        var from = label.IndexOf('=', StringComparison.Ordinal) + 1;
        return from == 0 ? null : long.Parse(label.AsSpan(from, label.IndexOf('#', StringComparison.Ordinal) - from), CultureInfo.InvariantCulture);
    }

    private static int LengthIn(string label) =>
        int.TryParse(label.AsSpan(label.IndexOf('#', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0;

    // The same in every run, unlike the hash of a string.
    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 17;
        foreach (var one in bytes)
            hash = unchecked((hash * 31) + one);
        return hash;
    }
}
