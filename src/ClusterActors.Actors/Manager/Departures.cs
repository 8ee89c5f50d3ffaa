using static ClusterActors.Actors.Manager.ManagerEvents;

namespace ClusterActors.Actors.Manager;

/// <summary>Takes the end of a link into the registry.</summary>
internal static class Departures
{
    /// <summary>The server is gone or unreachable, unless another link owns its entry by now.</summary>
    public static ManagerState Close(ManagerState state, LinkClosed message, TimeSpan now)
    {
        if (state.Registry.NodeOf(message.Link) is not { } node)
            return state;
        var next = state with { Registry = state.Registry.Unbind(message.Link) };
        if (next.Registry.Find(node) is not { Presence: Presence.Linked } entry || entry.Server.Link != message.Link)
            return next;
        return next.Put(
            entry with
            {
                Presence = message.Left ? Presence.Left : Presence.Lost,
                AwaySince = now,
                AwayReason = message.Reason,
            },
            now);
    }
}
