using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// The lists inside values of actions 60-69 (PROTOCOL.md section 4.5): a table is <c>address=number:id,address=number:id</c>, voters are
/// <c>address,address</c>. In an address and an id <c>% , =</c> are written <c>%XX</c>; a reader splits first and decodes after.
/// </summary>
internal static class AuthorityLists
{
    /// <summary>Most entries of a table.</summary>
    public const int MaxEntries = 16;

    /// <summary>The highest number of an incarnation, so that those who count on from it have room.</summary>
    public const int MaxIncarnation = 1_000_000_000;

    /// <summary>Writes a table; an empty one is empty.</summary>
    public static string Write(IncarnationTable table) =>
        string.Join(',', table.Entries.Select(entry => $"{Encode(entry.Key)}={entry.Value.Number.ToString(CultureInfo.InvariantCulture)}:{Encode(entry.Value.Id)}"));

    /// <summary>Writes voters.</summary>
    public static string Write(ImmutableArray<string> voters) => string.Join(',', voters.Select(Encode));

    /// <summary>Reads a table; <see langword="null"/> when it is none, is too long, or names a voter twice.</summary>
    public static IncarnationTable? ReadTable(string text)
    {
        var table = IncarnationTable.Empty;
        if (text.Length == 0)
            return table;
        foreach (var entry in text.Split(',', MaxEntries + 1))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0
                || table.Entries.Length == MaxEntries
                || ReadName(entry[..equals]) is not { } voter
                || table.Find(voter) is not null
                || !TryReadIncarnation(entry[(equals + 1)..], ReadName, out var incarnation))
                return null;
            table = table.With(voter, incarnation);
        }

        return table;
    }

    /// <summary>Reads voters; <see langword="null"/> when one of them is no address.</summary>
    public static ImmutableArray<string>? ReadVoters(string text)
    {
        var voters = ImmutableArray.CreateBuilder<string>();
        foreach (var part in text.Split(',', MaxEntries + 1))
        {
            if (ReadName(part) is not { } voter)
                return null;
            voters.Add(voter);
        }

        return voters.ToImmutable();
    }

    /// <summary>Reads <c>number:id</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="readId">Reads the id; <see langword="null"/> when it is none.</param>
    /// <param name="incarnation">What was read.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryReadIncarnation(string text, Func<string, string?> readId, out Incarnation incarnation)
    {
        incarnation = default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !TryReadNumber(text.AsSpan(0, colon), MaxIncarnation, out var number) || number < 1 || readId(text[(colon + 1)..]) is not { } id)
            return false;
        incarnation = new Incarnation((int)number, id);
        return true;
    }

    /// <summary>Reads a whole number of digits alone, from 0 to <paramref name="max"/>.</summary>
    public static bool TryReadNumber(ReadOnlySpan<char> text, long max, out long number)
    {
        number = 0;
        return !text.ContainsAnyExceptInRange('0', '9')
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= max;
    }

    private static string? ReadName(string text) => Decode(text) is { } name && CommandRequest.IsName(name) ? name : null;

    private static string Encode(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal)
        .Replace("=", "%3D", StringComparison.Ordinal);

    private static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] != '%')
            {
                bytes[length++] = bytes[at];
                continue;
            }

            if (at + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[at + 1]) || !char.IsAsciiHexDigit((char)bytes[at + 2]))
                return null;
            bytes[length++] = (byte)Convert.ToInt32(Encoding.ASCII.GetString(bytes, at + 1, 2), 16);
            at += 2;
        }

        return Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
