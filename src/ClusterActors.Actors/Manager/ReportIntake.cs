using System.Globalization;
using static ClusterActors.Actors.Manager.ManagerEvents;

namespace ClusterActors.Actors.Manager;

/// <summary>Takes a report into the registry.</summary>
/// <remarks>
/// The link that reported last owns the entry. Nothing is ever closed over a node id: a server that reconnects has two links
/// for a while. Only an older link that is still alive and takes its id back shows that two servers have the same one.
/// </remarks>
internal static class ReportIntake
{
    /// <summary>The longest node id that is taken, in UTF-16 code units.</summary>
    public const int MaxNodeLength = 128;

    /// <summary>The same complaint is logged once in this time.</summary>
    public static readonly TimeSpan ComplaintInterval = TimeSpan.FromMinutes(1);

    /// <summary>The state with the report, or the same state and why not.</summary>
    public static (ManagerState State, IReportReceipt Receipt) Take(ManagerState state, ServerReported message, TimeSpan now)
    {
        var link = message.Server.Link;
        var node = NodeOf(message);
        if (node.Length > MaxNodeLength || node.Any(char.IsControl))
            return (state, new ReportRefused(link, "bad-request",
                $"a node id has at most {MaxNodeLength} characters and no control characters"));

        var next = Rename(state, link, node, now);
        if (next.Registry.Find(node) is null)
            next = Housekeeping.MakeRoom(next, now);
        var known = next.Registry.Find(node);
        if (known is null && next.Registry.Count >= next.Settings.MaxServers)
            return RefuseForRoom(state, node, link, now);

        next = NoteOwner(next, known, link, now, out var contestLoggedAt);
        var isOnTime = known is { Presence: Presence.Linked } && known.Silence(now) <= next.Settings.LateAfter(known.Server.Kind);
        var entry = (known ?? Create(next, node, message, now)) with
        {
            OnTimeSince = isOnTime ? known!.OnTimeSince : now,
            Server = message.Server,
            Report = message.Report,
            ReportedAt = now,
            Presence = Presence.Linked,
            AwayReason = "",
            ContestLoggedAt = contestLoggedAt,
        };
        if (message.Report.Leases.Count > 0)
            entry = entry with { Leases = entry.Leases.Except(message.Report.Leases) };
        next = next with { Registry = next.Registry.Bind(link, node) };
        return (next.Put(entry, now), new ReportTaken(link));
    }

    /// <summary>The reported node id; address and port for a server that reports none (PROTOCOL.md section 5).</summary>
    private static string NodeOf(ServerReported message) => string.IsNullOrEmpty(message.Report.Node)
        ? string.Create(CultureInfo.InvariantCulture, $"{message.Server.Ip}:{message.Report.Port}")
        : message.Report.Node;

    private static ServerEntry Create(ManagerState state, string node, ServerReported message, TimeSpan now) => new()
    {
        Node = node,
        Hash = Rendezvous.Hash(node),
        Membership = state.Members.GetValueOrDefault(node) ?? Membership.None,
        Server = message.Server,
        Report = message.Report,
        ReportedAt = now,
    };

    /// <summary>A link that reports another id than before leaves no server behind under the old one.</summary>
    private static ManagerState Rename(ManagerState state, LinkId link, string node, TimeSpan now)
    {
        if (state.Registry.NodeOf(link) is not { } before || before == node)
            return state;
        return state.Registry.Find(before) is { Presence: Presence.Linked } entry && entry.Server.Link == link
            ? state.Put(entry with { Presence = Presence.Left, AwaySince = now, AwayReason = $"reports as {node} now" }, now)
            : state;
    }

    private static (ManagerState State, IReportReceipt Receipt) RefuseForRoom(
        ManagerState state, string node, LinkId link, TimeSpan now)
    {
        var receipt = new ReportRefused(link, "no-capacity",
            $"the registry is full: it holds {state.Settings.MaxServers} servers");
        return IsDue(state.FullLoggedAt, now)
            ? ((state with { FullLoggedAt = now }).Note(new ManagerNotice.RegistryFull(node, link)), receipt)
            : (state, receipt);
    }

    private static ManagerState NoteOwner(
        ManagerState state, ServerEntry? known, LinkId link, TimeSpan now, out TimeSpan? contestLoggedAt)
    {
        contestLoggedAt = known?.ContestLoggedAt;
        if (known is not { Presence: Presence.Linked } || known.Server.Link == link)
            return state;
        var before = known.Server.Link;
        if (state.Registry.NodeOf(link) != known.Node)
            return state.Note(new ManagerNotice.TakenOver(known.Node, link, before));
        if (!IsDue(contestLoggedAt, now))
            return state;
        contestLoggedAt = now;
        return state.Note(new ManagerNotice.Contested(known.Node, link, before));
    }

    private static bool IsDue(TimeSpan? loggedAt, TimeSpan now) => loggedAt is not { } at || now - at >= ComplaintInterval;
}
