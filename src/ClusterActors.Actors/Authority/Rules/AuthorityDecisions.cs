using static ClusterActors.Actors.Authority.Rules.AuthorityInput;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>
/// Management authority of one node: voter, candidate, holder and fence, as far as the node is each of them
/// (design, section 7). Pure: time and chance are passed in.
/// </summary>
internal static class AuthorityDecisions
{
    /// <summary>A node starts. It holds nothing and has granted nothing that it remembers.</summary>
    public static AuthorityStep Start(AuthorityStart start, TimeSpan now)
    {
        var voters = start.Ballot is { } kept && !kept.IsOfOneVoter && kept.Voters.Id.Version >= start.Voters.Id.Version ? kept.Voters : start.Voters;
        var ballot = start.Ballot is { } old && old.Voters.Id != voters.Id ? old.MovedTo(start.Self.Node, voters) : start.Ballot;
        var state = new AuthorityState
        {
            Rules = start.Rules,
            Self = start.Self,
            Rank = start.Rank,
            Voters = voters,
            ConfiguredLease = start.Voters.Lease,
            Settings = start.Rules.Settings(voters.Lease),
            Random = start.Random,
            GaveUpAt = now,
            Fencing = start.IsWorker ? new FencingState { Fence = start.Fence, NextAskAt = now, AskedSince = 1 } : null,
        };
        var step = AuthorityStep.Of(state.DrawDelay().See(start.Fence?.Epoch ?? 0));
        if (ballot is not null || voters.Voters.Contains(start.Self.Node))
            step = VoterDesk.Open(step, ballot, start.FreshIncarnation, now, onDisk: ballot == start.Ballot, start.BallotDamaged);
        if (voters.Id != start.Voters.Id)
            step = step.Say(new AuthorityNotice.ConfigurationOverruled(start.Voters, voters));
        return Pass(step, now);
    }

    /// <summary>Something happened.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">Read before the call; what is sent counts from it.</param>
    public static AuthorityStep Step(AuthorityState state, AuthorityInput input, TimeSpan now)
    {
        var step = Commanding.Lapse(AuthorityStep.Of(state), now);
        step = input switch
        {
            Received received => Inbox.Take(step, received, now),
            BallotWritten written => VoterDesk.Written(step, written, now),
            BallotFailed failed => VoterDesk.Failed(step, failed, now),
            FenceWritten written => Fencing.Written(step, written, now),
            FenceFailed failed => Fencing.Failed(step, failed, now),
            WorkerCame came => Commanding.Come(step, came, now),
            WorkerWent went => Commanding.Go(step, went),
            Order order => Commanding.Send(step, order, now),
            HandOver handOver => Commanding.HandOver(step, handOver, now),
            TakeOver => Election.TakeOver(step, now),
            AuthorityInput.Leave => step.With(step.State with { Leaving = true }),
            Heard heard => step.With(step.State.Hear(heard.Holder, heard.Epoch, now, hearsay: true)),
            Readmit or Force => VoterDesk.Receive(step, input, now),
            _ => step,
        };
        return Pass(step, now);
    }

    /// <summary>When a <see cref="Tick"/> is due at the latest. One that comes early or late does no harm, only late ones cost time.</summary>
    public static TimeSpan? DueAt(AuthorityState state)
    {
        TimeSpan? due = null;
        if (state.Candidacy is { } candidacy)
            due = candidacy.Deadline;
        if (state.Holding is { } holding)
            due = Earlier(Earlier(due, holding.NextRenewalAt), holding.LapsesAt(state.Settings));
        if (state.Release is { } release)
            due = Earlier(due, release.StandAt);
        due = Earlier(due, Election.StandsAt(state));
        due = Earlier(due, Admission.DueAt(state));
        return Earlier(due, Fencing.DueAt(state));
    }

    private static AuthorityStep Pass(AuthorityStep step, TimeSpan now)
    {
        step = Election.Pass(step, now);
        step = Commanding.Renew(step, now);
        step = Admission.Pass(step, now);
        return Fencing.Pass(step, now);
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;
}
