using System.Collections.Immutable;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Membership;

/// <summary>
/// The members of the Akka.Cluster as this node sees them. Immutable. Keys name a member with its incarnation: what a process was
/// before it restarted may stay for a while beside what it is now.
/// </summary>
internal sealed record MemberBook
{
    /// <summary>No member.</summary>
    public static readonly MemberBook Empty = new();

    private ImmutableDictionary<string, ClusterMember> Members { get; init; } =
        ImmutableDictionary.Create<string, ClusterMember>(StringComparer.Ordinal);

    private long NextOrder { get; init; }

    /// <summary>Members there are.</summary>
    public int Count => Members.Count;

    /// <summary>Addresses through which the cluster can be joined: those that are up first, then in the order they were heard of.</summary>
    public IReadOnlyList<string> Living =>
        [.. Members.Values.Where(member => member.IsLiving).OrderBy(member => member.Phase != MemberPhase.Up).ThenBy(member => member.Order).Select(member => member.Address)];

    /// <summary>The node ids of the members.</summary>
    public IEnumerable<string> Nodes => Members.Values.Select(member => member.Node).OfType<string>().Distinct();

    /// <summary>The member with that key, or null.</summary>
    public ClusterMember? Find(string key) => Members.GetValueOrDefault(key);

    /// <summary>What is shown of a node: its newest incarnation counts.</summary>
    public MemberState StateOf(string node) =>
        Members.Values.Where(member => member.Node == node).MaxBy(member => member.Order)?.State ?? MemberState.None;

    /// <summary>With the member in that phase; a new one is reachable until something else is heard.</summary>
    public MemberBook Put(string key, string address, string? node, MemberPhase phase) => Find(key) is { } known
        ? this with { Members = Members.SetItem(key, known with { Phase = phase }) }
        : this with
        {
            Members = Members.Add(key, new ClusterMember(address, node, phase, IsReachable: true, NextOrder)),
            NextOrder = NextOrder + 1,
        };

    /// <summary>With the member reachable or not; unchanged when it is unknown.</summary>
    public MemberBook Mark(string key, bool isReachable) => Find(key) is { } known
        ? this with { Members = Members.SetItem(key, known with { IsReachable = isReachable }) }
        : this;

    /// <summary>Without the member.</summary>
    public MemberBook Remove(string key) => this with { Members = Members.Remove(key) };
}
