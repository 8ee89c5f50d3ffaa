namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A node stands, is elected, or gives up.</summary>
internal static class Election
{
    /// <summary>When this node stands by itself if nothing is heard until then; null when it does not.</summary>
    public static TimeSpan? StandsAt(AuthorityState state)
    {
        if (state is not { Rank: not null, Leaving: false, Candidacy: null, Holding: null, Release: null, Voter: { Ballot.Admitted: true } voter }
            || !state.Voters.Voters.Contains(state.Self.Node))
            return null;
        var from = voter.LeaseUntil > voter.SilentUntil ? voter.LeaseUntil : voter.SilentUntil;
        return (from > state.GaveUpAt ? from : state.GaveUpAt) + state.StandDelay;
    }

    /// <summary>Does what time asks for.</summary>
    public static AuthorityStep Pass(AuthorityStep step, TimeSpan now)
    {
        var state = step.State;
        if (state.Candidacy is { } candidacy && now >= candidacy.Deadline)
            step = GiveUp(step, candidacy, now);
        if (state is { Release: { } release, Candidacy: null } && now >= release.StandAt)
        {
            step = step.Say(new AuthorityNotice.SuccessorMissing(release.Epoch, release.Target));
            return Stand(step.With(step.State with { Release = null }), now);
        }
        return now >= StandsAt(step.State) ? Stand(step, now) : step;
    }

    /// <summary>Stands above every epoch seen, by pre-votes first.</summary>
    public static AuthorityStep Stand(AuthorityStep step, TimeSpan now)
    {
        if (step.State.Leaving)
            return step;
        var state = step.State.NextSeq();
        var epoch = state.HighestSeen + 1;
        state = state with { Candidacy = new Candidacy(epoch, false, state.Seq, now + state.Settings.VoteTimeout, null, 0, [], []) };
        return step.With(state).Say(new AuthorityNotice.Stood(epoch))
            .SendToVoters(new VoterRequest.PreVote(state.Self, state.Voters.Id, state.Seq, epoch, null));
    }

    /// <summary>The holder handed over to this node: it asks for votes at once.</summary>
    public static AuthorityStep Take(AuthorityStep step, Transfer transfer, TimeSpan now)
    {
        var state = step.State.See(transfer.Epoch);
        if (state.Leaving || state.Holding is not null || state.Candidacy?.Released >= transfer.Epoch)
            return step.With(state);
        return AskForVotes(
            step.With(state).Say(new AuthorityNotice.Stood(state.HighestSeen + 1)), state.HighestSeen + 1, transfer.Epoch, AuthoritySettings.TransferTries - 1, now);
    }

    /// <summary>The operator wants this node to stand now, without waiting for its turn.</summary>
    public static AuthorityStep TakeOver(AuthorityStep step, TimeSpan now)
    {
        var state = step.State;
        var reason = state switch
        {
            { Holding: not null } => "holds management authority already",
            { Leaving: true } => "is about to stop",
            { Candidacy: not null } => "is standing for election already; wait for its outcome",
            _ => null,
        };
        return reason is null
            ? Stand(step.With(state with { Release = null }), now)
            : step.Then(new AuthorityEffect.RefuseRequest(AuthorityInput.TakeOver.Instance, $"{state.Self.Node} {reason}"));
    }

    /// <summary>A voter answered.</summary>
    public static AuthorityStep Take(AuthorityStep step, VoterReply reply, TimeSpan now)
    {
        var state = step.State;
        if (state.Candidacy is not { } candidacy || reply.Seq != candidacy.Seq || !state.Voters.Voters.Contains(reply.From.Node))
            return step;
        var voter = reply.From.Node;
        if (!reply.Granted)
        {
            // A voter that got the request twice refuses the second one; its vote stands.
            if (candidacy.Refused.Contains(voter) || candidacy.Granted.Any(vote => vote.Key == voter))
                return step;
            candidacy = candidacy with { Refused = candidacy.Refused.Add(voter) };
        }
        else if (state.Rules.Counts(state.Known, voter, reply.Incarnation) && !candidacy.Granted.Any(vote => vote.Key == voter))
        {
            candidacy = candidacy with
            {
                Granted = candidacy.Granted.Add(KeyValuePair.Create(voter, reply.Incarnation)),
                Refused = candidacy.Refused.Remove(voter),
            };
        }
        else
        {
            return step;
        }

        step = step.With(state with { Candidacy = candidacy });
        if (candidacy.Granted.Length >= state.Voters.Majority)
            return candidacy.Voting ? Win(step, candidacy, now) : AskForVotes(step, candidacy.Epoch, null, 0, now);
        return candidacy is { TriesLeft: > 0, Released: { } released } && candidacy.Refused.Length > state.Voters.Voters.Length - state.Voters.Majority
            ? AskForVotes(step, state.HighestSeen + 1, released, candidacy.TriesLeft - 1, now)
            : step;
    }

    private static AuthorityStep AskForVotes(AuthorityStep step, long epoch, long? released, int triesLeft, TimeSpan now)
    {
        var state = step.State.NextSeq().See(epoch);
        state = state with { Candidacy = new Candidacy(epoch, true, state.Seq, now + state.Settings.VoteTimeout, released, triesLeft, [], []) };
        return step.With(state).SendToVoters(new VoterRequest.Vote(state.Self, state.Voters.Id, state.Seq, epoch, released));
    }

    private static AuthorityStep Win(AuthorityStep step, Candidacy candidacy, TimeSpan now)
    {
        var holding = new Holding { Epoch = candidacy.Epoch, WonAt = now, NextRenewalAt = now };
        return step.With(step.State with { Candidacy = null, Release = null, Holding = holding }).Say(new AuthorityNotice.Won(candidacy.Epoch));
    }

    private static AuthorityStep GiveUp(AuthorityStep step, Candidacy candidacy, TimeSpan now) =>
        step.With((step.State with { Candidacy = null, GaveUpAt = now }).DrawDelay()).Say(new AuthorityNotice.GaveUp(candidacy.Epoch));
}
