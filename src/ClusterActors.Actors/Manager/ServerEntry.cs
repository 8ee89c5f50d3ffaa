using System.Collections.Immutable;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager;

/// <summary>One server of the registry: its newest report, its link, and the leases given out for it.</summary>
/// <remarks>All times are on the manager's clock: time since it started, unmoved by changes of the time of day.</remarks>
internal sealed record ServerEntry
{
    /// <summary>Node id: from the report, or address and port for a server that reports none.</summary>
    public required string Node { get; init; }

    /// <summary>The server's own part of the rendezvous score.</summary>
    public required ulong Hash { get; init; }

    /// <summary>The link whose report was the newest, and what is known of its far end.</summary>
    public required LinkedServer Server { get; init; }

    /// <summary>The newest report.</summary>
    public required ServerReport Report { get; init; }

    /// <summary>When the newest report came.</summary>
    public required TimeSpan ReportedAt { get; init; }

    /// <summary>Whether <see cref="Server"/>'s link is there.</summary>
    public Presence Presence { get; init; } = Presence.Linked;

    /// <summary>What the Akka.Cluster says of it.</summary>
    public Membership Membership { get; init; } = Membership.None;

    /// <summary>When the first of those reports came that have come on time since then, up to the newest.</summary>
    public TimeSpan OnTimeSince { get; init; }

    /// <summary>When the link was lost or the server left; without meaning while it is linked.</summary>
    public TimeSpan AwaySince { get; init; }

    /// <summary>Why the link is closed, in words; empty while it is linked.</summary>
    public string AwayReason { get; init; } = "";

    /// <summary>Tokens given out for this server, neither claimed nor expired.</summary>
    public ImmutableHashSet<string> Leases { get; init; } = [];

    /// <summary>Allocations made so far: which of several ports is next.</summary>
    public int Rotation { get; init; }

    /// <summary>What <see cref="Judge"/> said when the entry was last put into the registry.</summary>
    public Standing Standing { get; init; }

    /// <summary>When it was last logged that two live links report this node id.</summary>
    public TimeSpan? ContestLoggedAt { get; init; }

    /// <summary>1 worker, 2 manager, 3 both. A server that does not say is a worker.</summary>
    public int Role => Report.Role ?? 1;

    /// <summary>Clients the server has plus the places held for clients to come.</summary>
    public int Taken => Math.Max(0, Report.ClientCount) + Leases.Count;

    /// <summary>Clients the server accepts at most.</summary>
    public int Capacity(ManagerSettings settings) =>
        Math.Max(0, Report.MaxClientCount ?? settings.CshBBrainMaxClientCount);

    /// <summary>Share of the capacity that is taken; 1 and more is full.</summary>
    public double Load(ManagerSettings settings) =>
        Capacity(settings) is > 0 and var capacity ? (double)Taken / capacity : 1;

    /// <summary>The business port for the next client, 0 when none is open.</summary>
    public int NextPort =>
        Report.Ports.Count > 0 ? Report.Ports[Rotation % Report.Ports.Count] : Report.Port;

    /// <summary>Age of the newest report.</summary>
    public TimeSpan Silence(TimeSpan now) => now - ReportedAt;

    /// <summary>When the server became gone, or would have to be called so if it does not come back.</summary>
    public TimeSpan GoneSince(ManagerSettings settings) =>
        Presence == Presence.Left ? AwaySince : AwaySince + settings.ForgetAfter;

    /// <summary>
    /// Whether the Akka.Cluster's word that it cannot be reached weighs more than the open link. A link of a machine that is cut off stays
    /// open for a while, and a last report may still be on the way. But reports that have come on time for as long as it takes to call a
    /// server late come from one that works: then it is only its Akka.Remote port that is out of reach, and taking
    /// clients from it would do harm for nothing.
    /// </summary>
    public bool IsDoubted(ManagerSettings settings)
    {
        if (Membership.State != MemberState.Unreachable)
            return false;
        var since = OnTimeSince > Membership.Since ? OnTimeSince : Membership.Since;
        return ReportedAt - since <= settings.LateAfter(Server.Kind);
    }

    /// <summary>Whether the server can be allocated to at <paramref name="now"/>, and otherwise why not.</summary>
    public Standing Judge(ManagerSettings settings, TimeSpan now) => Presence switch
    {
        Presence.Left => Standing.Gone,
        Presence.Lost => now - AwaySince > settings.ForgetAfter ? Standing.Gone : Standing.Unreachable,
        _ when IsDoubted(settings) => Standing.Unreachable,
        _ when Silence(now) > settings.LateAfter(Server.Kind) => Standing.Late,
        _ when Report.Draining => Standing.Draining,
        _ when Role == 2 => Standing.ManagerOnly,
        _ when NextPort == 0 => Standing.NoPort,
        _ when Taken >= Capacity(settings) => Standing.Full,
        _ => Standing.Eligible,
    };
}
