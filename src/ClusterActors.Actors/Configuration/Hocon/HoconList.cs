using System.Collections.Immutable;

namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>A list in square brackets.</summary>
/// <param name="Items">Its elements in order.</param>
/// <param name="Origin">Where it was written.</param>
internal sealed record HoconList(ImmutableArray<HoconNode> Items, HoconOrigin Origin) : HoconNode(Origin)
{
    public override string Display => $"[{string.Join(", ", Items.Select(item => item.Display))}]";
}
