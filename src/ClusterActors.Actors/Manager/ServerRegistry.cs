using System.Collections.Immutable;

namespace ClusterActors.Actors.Manager;

/// <summary>
/// The servers by node id, with three indexes that are kept with every change: node by link, eligible workers, and how many
/// servers are of each standing. Immutable; every change is O(log n).
/// </summary>
internal sealed record ServerRegistry
{
    /// <summary>No server.</summary>
    public static readonly ServerRegistry Empty = new();

    private ImmutableDictionary<string, ServerEntry> Entries { get; init; } =
        ImmutableDictionary.Create<string, ServerEntry>(StringComparer.Ordinal);

    private ImmutableDictionary<LinkId, string> NodesByLink { get; init; } = ImmutableDictionary<LinkId, string>.Empty;

    private ImmutableArray<int> Counts { get; init; } = [.. new int[Enum.GetValues<Standing>().Length]];

    /// <summary>The workers that were eligible when last looked at.</summary>
    public EligibleWorkers Eligible { get; private init; } = EligibleWorkers.Empty;

    /// <summary>Servers in the registry, the gone ones included.</summary>
    public int Count => Entries.Count;

    /// <summary>Every server, in no particular order.</summary>
    public IEnumerable<ServerEntry> Servers => Entries.Values;

    /// <summary>The server with that node id, or null.</summary>
    public ServerEntry? Find(string node) => Entries.GetValueOrDefault(node);

    /// <summary>The node id that a live link reported last, or null when it has not reported.</summary>
    public string? NodeOf(LinkId link) => NodesByLink.GetValueOrDefault(link);

    /// <summary>How many servers are of that standing, as last looked at.</summary>
    public int CountOf(Standing standing) => Counts[(int)standing];

    /// <summary>With the entry in the place of the one that has its node id, if any.</summary>
    public ServerRegistry Put(ServerEntry entry)
    {
        var before = Find(entry.Node)?.Standing;
        var next = this with { Entries = Entries.SetItem(entry.Node, entry) };
        if (before == entry.Standing)
            return next;
        return next with
        {
            Counts = Move(Counts, before, entry.Standing),
            Eligible = entry.Standing == Standing.Eligible
                ? Eligible.Add(entry.Node, entry.Hash)
                : Eligible.Remove(entry.Node),
        };
    }

    /// <summary>Without the server. Its links, if any are live, may bring it back.</summary>
    public ServerRegistry Remove(ServerEntry entry) => this with
    {
        Entries = Entries.Remove(entry.Node),
        Counts = Move(Counts, Find(entry.Node)?.Standing, null),
        Eligible = Eligible.Remove(entry.Node),
    };

    /// <summary>With <paramref name="node"/> as what the live link reported last.</summary>
    public ServerRegistry Bind(LinkId link, string node) =>
        NodeOf(link) == node ? this : this with { NodesByLink = NodesByLink.SetItem(link, node) };

    /// <summary>Without the link, which is closed.</summary>
    public ServerRegistry Unbind(LinkId link) => this with { NodesByLink = NodesByLink.Remove(link) };

    private static ImmutableArray<int> Move(ImmutableArray<int> counts, Standing? less, Standing? more)
    {
        var next = counts.ToArray();
        if (less is { } from)
            next[(int)from]--;
        if (more is { } to)
            next[(int)to]++;
        return [.. next];
    }
}
