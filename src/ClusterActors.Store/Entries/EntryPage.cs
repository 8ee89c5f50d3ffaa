namespace ClusterActors.Store.Entries;

/// <summary>A part of a list.</summary>
/// <param name="Names">The keys, in the order of their bytes.</param>
/// <param name="HasMore">Whether there are others behind the last of them.</param>
public sealed record EntryPage(IReadOnlyList<EntryName> Names, bool HasMore);
