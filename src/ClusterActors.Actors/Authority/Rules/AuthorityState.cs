using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>
/// Everything that a node knows about management authority. Immutable; <see cref="AuthorityDecisions"/> turns one state and what
/// happened into the next.
/// </summary>
/// <remarks>
/// Every time is on a clock of this node that counts through suspend and does not jump when the time of day is set. It never runs
/// backwards from one call to the next. Deadlines are compared with it; no timer decides anything.
/// </remarks>
internal sealed record AuthorityState
{
    /// <summary>A set of names without one, in ordinal order: a fleet may have thousands of workers.</summary>
    public static readonly ImmutableSortedSet<string> NoNames = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The rules.</summary>
    public required AuthorityRules Rules { get; init; }

    /// <summary>This node, in this run.</summary>
    public required ManagerRun Self { get; init; }

    /// <summary>Its place among the managers that stand for election by themselves, from 0; null when it never does.</summary>
    public int? Rank { get; init; }

    /// <summary>Who votes.</summary>
    public required VoterSet Voters { get; init; }

    /// <summary>The lease that is configured; used when the operator forces a new set.</summary>
    public required TimeSpan ConfiguredLease { get; init; }

    /// <summary>The constants for the lease of <see cref="Voters"/>.</summary>
    public required AuthoritySettings Settings { get; init; }

    /// <summary>Where chance comes from.</summary>
    public required RandomStream Random { get; init; }

    /// <summary>This node's voter; null when it is none.</summary>
    public VoterState? Voter { get; init; }

    /// <summary>This node's fence; null when it is no worker.</summary>
    public FencingState? Fencing { get; init; }

    /// <summary>The newest incarnations seen; by them answers are counted.</summary>
    public IncarnationTable Known { get; init; } = IncarnationTable.Empty;

    /// <summary>The highest epoch seen.</summary>
    public long HighestSeen { get; init; }

    /// <summary>The last seq used in this run.</summary>
    public long Seq { get; init; }

    /// <summary>The last ticket used for a write.</summary>
    public long Ticket { get; init; }

    /// <summary>The election this node stands in.</summary>
    public Candidacy? Candidacy { get; init; }

    /// <summary>The epoch this node holds.</summary>
    public Holding? Holding { get; init; }

    /// <summary>The epoch this node handed over while no successor is known.</summary>
    public Release? Release { get; init; }

    /// <summary>The newest holder this node has heard of; null before the first.</summary>
    public KnownHolder? Holder { get; init; }

    /// <summary>Whether this node is about to stop: it votes, and stands no more.</summary>
    public bool Leaving { get; init; }

    /// <summary>The workers that the holder is to take.</summary>
    public ImmutableSortedSet<string> Workers { get; init; } = NoNames;

    /// <summary>When this node last gave up, or started.</summary>
    public required TimeSpan GaveUpAt { get; init; }

    /// <summary>How long it lets others go first: by rank and by chance, drawn anew after each time it gave up.</summary>
    public TimeSpan StandDelay { get; init; }

    /// <summary>Whether this node may act as the holder. Ask right before sending, in the step that sends.</summary>
    public bool MayAct(TimeSpan now) => Holding?.MayAct(now) == true;

    /// <summary>Whether this node may command a worker: it may act, and the worker acknowledged its take.</summary>
    public bool MayCommand(string worker, TimeSpan now) => MayAct(now) && Holding!.Taken.Contains(worker);

    /// <summary>Whether a holder is alive as far as can be told from here. It renews ten times in a lease; one that is not heard of for a whole one may not act any more.</summary>
    public bool HearsOfHolder(TimeSpan now) =>
        Holder is { } holder && (holder.Node == Self.Node ? MayAct(now) : now - holder.HeardAt < Settings.Lease);

    /// <summary>Whether a command that waited may be executed: no newer holder has taken this worker since it was let in.</summary>
    public bool MayRun(ManagerRun from, long epoch) => Fencing?.Fence is { } fence && fence.Epoch == epoch && fence.Holder == from;

    /// <summary>
    /// With a holder heard of; what is older than what is known changes nothing. It is for people and clients to know: no epoch is stood at because of it.
    /// </summary>
    /// <param name="holder">Its name.</param>
    /// <param name="epoch">Its epoch.</param>
    /// <param name="now">The time.</param>
    /// <param name="hearsay">Whether others merely say so; what this node knows by itself takes the place of that, whatever the epoch.</param>
    public AuthorityState Hear(string holder, long epoch, TimeSpan now, bool hearsay = false)
    {
        if (epoch <= 0)
            return this;
        if (Holder is { } known && (hearsay || !known.IsHearsay) && (epoch < known.Epoch || (epoch == known.Epoch && holder != known.Node)))
            return this;
        var heard = Holder?.Epoch == epoch && Holder.Node == holder
            ? Holder with { HeardAt = now, IsHearsay = hearsay && Holder.IsHearsay }
            : new KnownHolder(holder, epoch, now, now, hearsay);
        return this with { Holder = heard, Release = Release is { } release && release.Epoch >= epoch ? release : null };
    }

    /// <summary>With a fresh seq, which is <see cref="Seq"/>.</summary>
    public AuthorityState NextSeq() => this with { Seq = Seq + 1 };

    /// <summary>With an epoch seen.</summary>
    public AuthorityState See(long epoch) => epoch > HighestSeen ? this with { HighestSeen = epoch } : this;

    /// <summary>With another delay before it stands the next time.</summary>
    public AuthorityState DrawDelay()
    {
        // One that votes alone has nobody to wait for.
        if (Voters.Voters.Length == 1)
            return this with { StandDelay = TimeSpan.Zero };
        var delay = Settings.Stagger * (Rank ?? 0) + Settings.Stagger / 2 * Random.Next(out var rest);
        return this with { StandDelay = delay, Random = rest };
    }
}
