using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Gives a voter one thing at a time: while its ballot is being written everything else waits.</summary>
internal static class VoterDesk
{
    /// <summary>A voter starts.</summary>
    /// <param name="step">What is so far.</param>
    /// <param name="ballot">What is on disk; null when it is missing or unreadable.</param>
    /// <param name="incarnation">Random id for a ballot that begins anew.</param>
    /// <param name="now">The time.</param>
    /// <param name="onDisk">Whether the ballot is on disk as it is given.</param>
    /// <param name="damaged">Whether there is one on disk that cannot be read: a single voter then promises nothing either.</param>
    public static AuthorityStep Open(
        AuthorityStep step, Ballot? ballot, string incarnation, TimeSpan now, bool onDisk = true, bool damaged = false)
    {
        var state = step.State;
        var used = ballot ?? Ballot.Fresh(state.Self.Node, incarnation, state.Voters);
        if (damaged)
            used = used with { Admitted = false };
        var longest = used.LongestLease > state.Voters.Lease ? used.LongestLease : state.Voters.Lease;

        // A single voter asks and answers itself: whoever it voted for before its start was a run of its own, which is over.
        var silence = used.IsOfOneVoter ? TimeSpan.Zero : longest;
        state = state.See(used.Promised) with
        {
            Voter = new VoterState { Ballot = used, LeaseUntil = now, SilentUntil = now + silence, NextAskAt = now },
        };
        step = Counting.Learn(step.With(state), used.Table, now);
        if (ballot is null)
            step = Counting.Forget(step, incarnation, now);
        return ballot is null || !onDisk || ballot.LongestLease < longest ? step.Write(used with { LongestLease = longest }) : step;
    }

    /// <summary>Something for the voter.</summary>
    public static AuthorityStep Receive(AuthorityStep step, AuthorityInput input, TimeSpan now)
    {
        if (step.State.Voter is not { } voter)
        {
            return input is AuthorityInput.Readmit or AuthorityInput.Force
                ? step.Then(new AuthorityEffect.RefuseRequest(input, $"{step.State.Self.Node} is not a voter; ask one of {string.Join(", ", step.State.Voters.Voters)}"))
                : step;
        }
        if (voter.Pending is null)
            return Handle(step, input, now);
        return voter.Waiting.Count >= AuthoritySettings.MaxWaiting
            ? step.Say(new AuthorityNotice.Dropped())
            : step.With(step.State with { Voter = voter with { Waiting = voter.Waiting.Add(input) } });
    }

    /// <summary>The ballot is durable: what depends on it may be done.</summary>
    public static AuthorityStep Written(AuthorityStep step, AuthorityInput.BallotWritten written, TimeSpan now)
    {
        if (step.State.Voter is not { Pending: { } pending } voter || pending.Ticket != written.Ticket)
            return step;
        return GoOn(step.With(step.State with { Voter = voter with { Pending = null } }).Then(pending.After), now);
    }

    /// <summary>The ballot is not durable: no reply. What the file says now is what the voter promised, and nothing else is.</summary>
    public static AuthorityStep Failed(AuthorityStep step, AuthorityInput.BallotFailed failed, TimeSpan now)
    {
        var state = step.State;
        if (state.Voter is not { Pending: { } pending } voter || pending.Ticket != failed.Ticket)
            return step;
        step = step.Say(new AuthorityNotice.BallotNotWritten(failed.OnDisk is not null));
        if (failed.OnDisk is { } ballot)
        {
            step = step.With(state with { Voter = voter with { Ballot = ballot, Pending = null, Readmission = null } });
            return GoOn(ballot.Voters.Id == state.Voters.Id ? step : ChangeOfVoters.GoBy(step, ballot.Voters), now);
        }

        var incarnation = state.Random.NextBits(out var rest).ToString("x16", null);
        var waiting = voter.Waiting;
        step = Open(step.With(state with { Random = rest }), null, incarnation, now);
        return step.With(step.State with { Voter = step.State.Voter! with { Waiting = waiting } });
    }

    private static AuthorityStep GoOn(AuthorityStep step, TimeSpan now)
    {
        while (step.State.Voter is { Pending: null, Waiting: { IsEmpty: false } waiting } voter)
        {
            step = step.With(step.State with { Voter = voter with { Waiting = waiting.RemoveAt(0) } });
            step = Handle(step, waiting[0], now);
        }
        return step;
    }

    private static AuthorityStep Handle(AuthorityStep step, AuthorityInput input, TimeSpan now) => input switch
    {
        AuthorityInput.Received { Message: VoterRequest request } => Voting.Answer(step, request, now),
        AuthorityInput.Received { Message: IncarnationMessage.Confirm confirm } => Admission.Answer(step, confirm, now),
        AuthorityInput.Received { Message: IncarnationMessage.Confirmed confirmed } => Admission.Take(step, confirmed, now),
        AuthorityInput.Received { Message: IncarnationMessage.Readmit readmit } => Readmitting.Answer(step, readmit, now),
        AuthorityInput.Received { Message: IncarnationMessage.Readmitted readmitted } => Readmitting.Take(step, readmitted, now),
        AuthorityInput.Received { Message: VoterSetMessage.Told told } => ChangeOfVoters.Adopt(step, told.Voters),
        AuthorityInput.Readmit => Readmitting.Begin(step, now),
        AuthorityInput.Force force => ForcedAuthority.Take(step, force, now),
        _ => step,
    };
}
