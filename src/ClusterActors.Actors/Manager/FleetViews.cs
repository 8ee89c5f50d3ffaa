using ClusterActors.Actors.Authority;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Manager;

/// <summary>Shows the registry (PROTOCOL.md section 4, action 9).</summary>
internal static class FleetViews
{
    /// <summary>Every server as it is at <paramref name="now"/>, ordered by node id, and who holds management authority.</summary>
    public static FleetView Of(ManagerState state, TimeSpan now, AuthorityGate gate)
    {
        var (authority, epoch, holder) = HolderViews.Of(gate);
        return new FleetView(
            state.Settings.Node,
            authority,
            epoch,
            [
                .. state.ExpireLeases(now).Registry.Servers
                    .OrderBy(server => server.Node, StringComparer.Ordinal)
                    .Select(server => View(server, state.Settings, now)),
            ],
            holder);
    }

    private static ServerView View(ServerEntry server, ManagerSettings settings, TimeSpan now) => new(
        server.Node,
        server.Judge(settings, now).ToState(),
        server.Server.Ip,
        server.Server.ClustersPort,
        server.Role,
        (long)server.Silence(now).TotalMilliseconds,
        server.Report)
    {
        OutstandingLeases = server.Leases.Count,
        Member = server.Membership.State,
    };
}
