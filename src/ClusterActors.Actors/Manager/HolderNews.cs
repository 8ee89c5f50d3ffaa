using ClusterActors.Actors.Authority;

namespace ClusterActors.Actors.Manager;

/// <summary>What a change of the holder of management authority means for the servers of the registry.</summary>
internal static class HolderNews
{
    /// <summary>Existing CshBBrain servers report to one manager and stay with it (PROTOCOL.md section 5): the operator has to be told.</summary>
    public static IEnumerable<ManagerNotice> Of(ManagerState state, AuthorityEvents.HolderChanged changed) => changed.IsSelf
        ? []
        : state.Registry.Servers
            .Where(server => server is { Presence: Presence.Linked, Server.Kind: PeerKind.CshBBrain })
            .OrderBy(server => server.Node, StringComparer.Ordinal)
            .Select(server => new ManagerNotice.CannotFollow(server.Node, server.Server.Link, changed.Holder));
}
