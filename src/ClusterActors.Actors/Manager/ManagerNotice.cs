using ClusterActors.Actors.Manager.Commands;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager;

/// <summary>Something that happened in a decision and is worth a line in the log.</summary>
internal abstract record ManagerNotice
{
    private ManagerNotice()
    {
    }

    /// <summary>A server is in another state than when last looked at.</summary>
    /// <param name="Node">Its node id.</param>
    /// <param name="Link">The link that owns its entry.</param>
    /// <param name="From">Its state before; null when it is new.</param>
    /// <param name="State">Its state now.</param>
    /// <param name="Reason">In words.</param>
    public sealed record StateChanged(string Node, LinkId Link, ServerState? From, ServerState State, string Reason) : ManagerNotice;

    /// <summary>A report of a node id came on another link than the one before, which is still open.</summary>
    /// <param name="Node">The node id.</param>
    /// <param name="Link">The link that owns the entry from now on.</param>
    /// <param name="Before">The link that owned it.</param>
    public sealed record TakenOver(string Node, LinkId Link, LinkId Before) : ManagerNotice;

    /// <summary>Two live links take a node id from each other in turn: two servers are configured with one id.</summary>
    /// <param name="Node">The node id.</param>
    /// <param name="Link">The link that took it back.</param>
    /// <param name="Other">The link that had it.</param>
    public sealed record Contested(string Node, LinkId Link, LinkId Other) : ManagerNotice;

    /// <summary>A server that was gone is no longer in the registry.</summary>
    /// <param name="Node">Its node id.</param>
    /// <param name="Link">The link it last had.</param>
    public sealed record Dropped(string Node, LinkId Link) : ManagerNotice;

    /// <summary>A server found no place in the registry.</summary>
    /// <param name="Node">Its node id.</param>
    /// <param name="Link">Its link.</param>
    public sealed record RegistryFull(string Node, LinkId Link) : ManagerNotice;

    /// <summary>A command went to its worker.</summary>
    /// <param name="Command">Which one.</param>
    /// <param name="Link">The link it went to.</param>
    public sealed record CommandSent(OrderedCommand Command, LinkId Link) : ManagerNotice;

    /// <summary>A command was answered to the one who ordered it.</summary>
    /// <param name="Command">Which one.</param>
    /// <param name="Reply">The answer.</param>
    /// <param name="Elapsed">Time since it was ordered.</param>
    public sealed record CommandEnded(OrderedCommand Command, Reply Reply, TimeSpan Elapsed) : ManagerNotice;

    /// <summary>An existing CshBBrain server reports here and cannot follow management authority to another manager.</summary>
    /// <param name="Node">Its node id.</param>
    /// <param name="Link">Its link.</param>
    /// <param name="Holder">Address of the manager that may command now.</param>
    public sealed record CannotFollow(string Node, LinkId Link, string Holder) : ManagerNotice;

    /// <summary>A worker answered something that it is not asked, or no longer.</summary>
    /// <param name="Link">Its link.</param>
    /// <param name="Seq">The mark of its reply, if any.</param>
    public sealed record ReplyDropped(LinkId Link, string? Seq) : ManagerNotice;
}
