using System.Collections.Immutable;

namespace ClusterActors.Actors.Manager;

/// <summary>
/// The workers that were eligible when last looked at, by position, so that a draw costs the same in a fleet of two and of
/// two thousand. Every change is O(log n); the order is of no meaning.
/// </summary>
internal sealed class EligibleWorkers
{
    /// <summary>None.</summary>
    public static readonly EligibleWorkers Empty = new([], ImmutableDictionary<string, int>.Empty);

    private readonly ImmutableList<ServerHash> _workers;
    private readonly ImmutableDictionary<string, int> _positions;

    private EligibleWorkers(ImmutableList<ServerHash> workers, ImmutableDictionary<string, int> positions)
    {
        _workers = workers;
        _positions = positions;
    }

    /// <summary>How many there are.</summary>
    public int Count => _workers.Count;

    /// <summary>All of them, with their part of the rendezvous score.</summary>
    public ImmutableList<ServerHash> All => _workers;

    /// <summary>Node id at <paramref name="position"/>, from 0.</summary>
    public string this[int position] => _workers[position].Node;

    /// <summary>Whether <paramref name="node"/> is one of them.</summary>
    public bool Contains(string node) => _positions.ContainsKey(node);

    /// <summary>With the worker; unchanged when it is already there.</summary>
    public EligibleWorkers Add(string node, ulong hash) => Contains(node)
        ? this
        : new(_workers.Add(new ServerHash(node, hash)), _positions.Add(node, _workers.Count));

    /// <summary>Without the worker; unchanged when it is not there. The last one moves into its position.</summary>
    public EligibleWorkers Remove(string node)
    {
        if (!_positions.TryGetValue(node, out var position))
            return this;
        var last = _workers.Count - 1;
        var moved = _workers[last];
        return new(
            _workers.SetItem(position, moved).RemoveAt(last),
            _positions.SetItem(moved.Node, position).Remove(node));
    }
}
