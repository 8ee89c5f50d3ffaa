using System.Collections.Immutable;
using ClusterActors.Actors.Manager.Commands;

namespace ClusterActors.Actors.Manager;

/// <summary>
/// Everything the manager knows. Immutable; the functions that decide (<see cref="ReportIntake"/>, <see cref="Departures"/>,
/// <see cref="Allocation"/>, <see cref="CommandOrders"/>, <see cref="CommandAnswers"/>, <see cref="Housekeeping"/>) turn one state and a message into the next.
/// </summary>
/// <remarks>
/// Every time is on the manager's clock: time since the manager started, which does not jump when the time of day is set.
/// It never runs backwards from one call to the next.
/// </remarks>
internal sealed record ManagerState
{
    /// <summary>What the manager is configured with.</summary>
    public required ManagerSettings Settings { get; init; }

    /// <summary>The servers.</summary>
    public ServerRegistry Registry { get; init; } = ServerRegistry.Empty;

    /// <summary>The servers that are members of the Akka.Cluster, by node id; of some there may be no report yet.</summary>
    public ImmutableDictionary<string, Membership> Members { get; init; } =
        ImmutableDictionary.Create<string, Membership>(StringComparer.Ordinal);

    /// <summary>
    /// Every lease given out in the last lease time, in order of expiry. Whether one is outstanding is what
    /// <see cref="ServerEntry.Leases"/> says.
    /// </summary>
    public ImmutableQueue<Lease> LeasesByExpiry { get; init; } = [];

    /// <summary>Commands that are not answered yet, by the link of the worker they are for.</summary>
    public ImmutableDictionary<LinkId, CommandQueue> Commands { get; init; } = ImmutableDictionary<LinkId, CommandQueue>.Empty;

    /// <summary>What happened and was not logged yet, in order.</summary>
    public ImmutableList<ManagerNotice> Notices { get; init; } = [];

    /// <summary>When it was last logged that the registry is full.</summary>
    public TimeSpan? FullLoggedAt { get; init; }

    /// <summary>With one more thing to log.</summary>
    public ManagerState Note(ManagerNotice notice) => this with { Notices = Notices.Add(notice) };

    /// <summary>With nothing to log.</summary>
    public ManagerState WithoutNotices() => Notices.IsEmpty ? this : this with { Notices = [] };

    /// <summary>With the entry, judged at <paramref name="now"/>; a change of its state is noted.</summary>
    public ManagerState Put(ServerEntry entry, TimeSpan now)
    {
        var standing = entry.Judge(Settings, now);
        var judged = entry with
        {
            Standing = standing,
            Leases = standing == Standing.Gone ? [] : entry.Leases,
        };
        var before = Registry.Find(entry.Node)?.Standing.ToState();
        var next = this with { Registry = Registry.Put(judged) };
        var state = standing.ToState();
        return before == state
            ? next
            : next.Note(new ManagerNotice.StateChanged(
                judged.Node, judged.Server.Link, before, state, StandingReason.Of(judged, Settings, now)));
    }

    /// <summary>With the server judged again if time alone has changed its standing.</summary>
    public ManagerState Refresh(ServerEntry entry, TimeSpan now) =>
        entry.Judge(Settings, now) == entry.Standing ? this : Put(entry, now);

    /// <summary>Without a server that is gone.</summary>
    public ManagerState Drop(ServerEntry entry) =>
        (this with { Registry = Registry.Remove(entry) }).Note(new ManagerNotice.Dropped(entry.Node, entry.Server.Link));

    /// <summary>With a place on the worker held under <paramref name="token"/>.</summary>
    public ManagerState Hold(ServerEntry worker, string token, TimeSpan now)
    {
        var lease = new Lease(token, worker.Node, now + Settings.LeaseTime);
        return (this with { LeasesByExpiry = LeasesByExpiry.Enqueue(lease) })
            .Put(worker with { Leases = worker.Leases.Add(token), Rotation = worker.Rotation + 1 }, now);
    }

    /// <summary>With the places free again whose lease has expired. Amortised O(1) per lease ever given.</summary>
    public ManagerState ExpireLeases(TimeSpan now)
    {
        var next = this;
        while (!next.LeasesByExpiry.IsEmpty && next.LeasesByExpiry.Peek() is var lease && lease.ExpiresAt <= now)
        {
            next = next with { LeasesByExpiry = next.LeasesByExpiry.Dequeue() };
            if (next.Registry.Find(lease.Node) is { } worker && worker.Leases.Contains(lease.Token))
                next = next.Put(worker with { Leases = worker.Leases.Remove(lease.Token) }, now);
        }
        return next;
    }
}
