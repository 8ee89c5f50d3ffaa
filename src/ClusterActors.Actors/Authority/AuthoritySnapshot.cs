using System.Collections.Immutable;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Authority;

/// <summary>What a node knows about authority at one moment, for the other parts of the node.</summary>
/// <param name="State">Its own authority.</param>
/// <param name="Node">Its node id.</param>
/// <param name="Servers">What others told of themselves, by name.</param>
internal sealed record AuthoritySnapshot(AuthorityState State, string Node, ImmutableDictionary<string, KnownServer> Servers)
{
    /// <summary>The node id behind a name; the name itself as long as that server has not said.</summary>
    public string NodeOf(string name) => name == State.Self.Node ? Node : Servers.GetValueOrDefault(name)?.Standing.Node ?? name;
}
