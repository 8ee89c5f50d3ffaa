namespace ClusterActors.Actors.Manager;

/// <summary>What the passing of time alone does to the registry.</summary>
/// <remarks>
/// No decision waits for it: allocation and views judge a server at the moment they look. It is there for the log and
/// for memory.
/// </remarks>
internal static class Housekeeping
{
    /// <summary>Judges every server again and drops what is gone for longer than is kept.</summary>
    public static ManagerState Tick(ManagerState state, TimeSpan now)
    {
        var next = state.ExpireLeases(now);
        foreach (var server in next.Registry.Servers)
        {
            next = IsGone(server, state.Settings, now) && now - server.GoneSince(state.Settings) > state.Settings.KeepGone
                ? next.Drop(server)
                : next.Refresh(server, now);
        }
        return next;
    }

    /// <summary>Drops the server that is gone the longest if the registry is full; with none gone, nothing.</summary>
    public static ManagerState MakeRoom(ManagerState state, TimeSpan now)
    {
        if (state.Registry.Count < state.Settings.MaxServers)
            return state;
        var oldest = state.Registry.Servers
            .Where(server => IsGone(server, state.Settings, now))
            .MinBy(server => (server.GoneSince(state.Settings), server.Node));
        return oldest is null ? state : state.Drop(oldest);
    }

    private static bool IsGone(ServerEntry server, ManagerSettings settings, TimeSpan now) =>
        server.Judge(settings, now) == Standing.Gone;
}
