using System.Collections.Immutable;

namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>A section in braces. Immutable: layering files gives a new section.</summary>
/// <param name="Members">Its members by name; names are case-sensitive.</param>
/// <param name="Origin">Where it was first written.</param>
internal sealed record HoconSection(ImmutableSortedDictionary<string, HoconNode> Members, HoconOrigin Origin)
    : HoconNode(Origin)
{
    public override string Display => "{ ... }";

    public static HoconSection Empty(HoconOrigin origin) =>
        new(ImmutableSortedDictionary.Create<string, HoconNode>(StringComparer.Ordinal), origin);

    /// <summary>The value at a path of names, or <see langword="null"/> where nothing is written.</summary>
    public HoconNode? Find(ReadOnlySpan<string> path)
    {
        HoconNode? node = this;
        foreach (var name in path)
        {
            node = (node as HoconSection)?.Members.GetValueOrDefault(name);
        }

        return node;
    }

    /// <summary>
    /// This section with <paramref name="value"/> at <paramref name="path"/>: a section is merged into a section that is
    /// there already, anything else takes the place of what was there.
    /// </summary>
    public HoconSection With(ReadOnlySpan<string> path, HoconNode value)
    {
        var present = Members.GetValueOrDefault(path[0]);
        if (path.Length > 1)
        {
            value = (present as HoconSection ?? Empty(value.Origin)).With(path[1..], value);
        }
        else if (present is HoconSection below && value is HoconSection above)
        {
            value = below.Under(above);
        }

        return this with { Members = Members.SetItem(path[0], value) };
    }

    /// <summary>Both sections merged; where both have a value, that of <paramref name="above"/> wins.</summary>
    public HoconSection Under(HoconSection above)
    {
        var merged = this;
        foreach (var (name, value) in above.Members)
        {
            merged = merged.With([name], value);
        }

        return merged;
    }
}
