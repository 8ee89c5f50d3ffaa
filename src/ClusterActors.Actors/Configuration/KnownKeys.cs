using System.Collections.Immutable;
using ClusterActors.Actors.Configuration.Hocon;

namespace ClusterActors.Actors.Configuration;

/// <summary>Every key of reference.hocon, to tell an operator what he may have meant.</summary>
internal sealed class KnownKeys
{
    /// <summary>Name of the section of this program.</summary>
    public const string Root = "clusterActors";

    private readonly ImmutableArray<string> _keys;

    public KnownKeys(HoconSection reference) => _keys = [.. Walk(reference, Root)];

    /// <summary>The key that was probably meant in the section <paramref name="path"/>, if any is near.</summary>
    public string? Nearest(string unknown, string path)
    {
        var nearest = _keys.MinBy(known => Distance(known, unknown, path))!;
        return IsNear(nearest, unknown) ? nearest : null;
    }

    private static IEnumerable<string> Walk(HoconSection section, string path) =>
        section.Members.SelectMany(member => member.Value is HoconSection below
            ? Walk(below, $"{path}.{member.Key}").Prepend($"{path}.{member.Key}")
            : [$"{path}.{member.Key}"]);

    private static string Leaf(string key) => key[(key.LastIndexOf('.') + 1)..];

    private static bool IsNear(string known, string unknown) =>
        EditDistance.Between(Leaf(known), Leaf(unknown)) <= Math.Max(1, Leaf(unknown).Length / 4);

    // The right name in the wrong section is as likely a slip as a wrong letter in the right one.
    private static int Distance(string known, string unknown, string path) =>
        (2 * EditDistance.Between(Leaf(known), Leaf(unknown))) + (known.StartsWith(path + ".", StringComparison.Ordinal) ? 0 : 1);
}
