using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerEvents;

namespace ClusterActors.Actors.Manager;

/// <summary>Takes what the Akka.Cluster says of a server into the registry.</summary>
internal static class MemberNews
{
    /// <summary>The server is marked at once; one that has not reported yet is marked when it does.</summary>
    public static ManagerState Take(ManagerState state, IMemberEvent news, TimeSpan now)
    {
        var membership = new Membership(StateOf(news), now);
        var next = state with
        {
            Members = membership.State == MemberState.None
                ? state.Members.Remove(news.Node)
                : state.Members.SetItem(news.Node, membership),
        };
        return next.Registry.Find(news.Node) is { } entry ? next.Put(entry with { Membership = membership }, now) : next;
    }

    private static MemberState StateOf(IMemberEvent news) => news switch
    {
        MemberReachable => MemberState.Up,
        MemberUnreachable => MemberState.Unreachable,
        MemberLeaving => MemberState.Leaving,
        _ => MemberState.None,
    };
}
