using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Manager;

/// <summary>Shows the registry (PROTOCOL.md section 4, action 9).</summary>
internal static class FleetViews
{
    /// <summary>Every server as it is at <paramref name="now"/>, ordered by node id. There is no authority in this version.</summary>
    public static FleetView Of(ManagerState state, TimeSpan now) => new(
        state.Settings.Node,
        Authority: "",
        Epoch: 0,
        [
            .. state.ExpireLeases(now).Registry.Servers
                .OrderBy(server => server.Node, StringComparer.Ordinal)
                .Select(server => View(server, state.Settings, now)),
        ]);

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
    };
}
