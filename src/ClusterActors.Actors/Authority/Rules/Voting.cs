namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What a voter answers to candidates, holders and workers whose fence is lost.</summary>
internal static class Voting
{
    /// <summary>Answers one request. What changes the ballot is answered when the ballot is durable.</summary>
    public static AuthorityStep Answer(AuthorityStep step, VoterRequest request, TimeSpan now)
    {
        var state = step.State;
        var voter = state.Voter!;

        // It may have waited while the voter took over other voters.
        if (request.Set != state.Voters.Id)
            return step;
        return request switch
        {
            VoterRequest.PreVote ask => step.Send(ask.From.Node, Reply(state, voter, ask, JudgePreVote(state, voter, ask, now))),
            VoterRequest.Vote ask => Vote(step, voter, ask, now),
            VoterRequest.Renew renewal => Renew(step, voter, renewal, now),
            _ => step.Send(request.From.Node, Reply(state, voter, request, state.Rules.MayAnswer(voter.Ballot) ? VoterRefusal.None : VoterRefusal.NotAdmitted)),
        };
    }

    /// <summary>The answer to a request, as the ballot stands.</summary>
    public static VoterReply Reply(AuthorityState state, VoterState voter, VoterRequest request, VoterRefusal refusal) => new(
        state.Self, state.Voters.Id, request.From.Run, request.Seq, request.Epoch, refusal, voter.Ballot.Promised, voter.Ballot.Incarnation, voter.Ballot.Table);

    private static VoterRefusal JudgePreVote(AuthorityState state, VoterState voter, VoterRequest.PreVote ask, TimeSpan now) =>
        Judge(state, voter, ask, state.Rules.PreVoteInSpiteOfLease(IsExempt(state, voter, ask, ask.Released)), now);

    private static AuthorityStep Vote(AuthorityStep step, VoterState voter, VoterRequest.Vote ask, TimeSpan now)
    {
        var state = step.State;
        var refusal = Judge(state, voter, ask, IsExempt(state, voter, ask, ask.Released), now);
        if (refusal != VoterRefusal.None)
            return step.Send(ask.From.Node, Reply(state, voter, ask, refusal));

        var handedOver = voter.LeaseHolder != ask.From && state.Rules.IsReleased(ask.Released, voter.Ballot.Promised);
        voter = voter with
        {
            Ballot = voter.Ballot with { Promised = ask.Epoch, VotedFor = ask.From },
            LeaseUntil = state.Rules.LeaseAfterVote(voter.LeaseUntil, now + state.Settings.VoteLease, handedOver),
            LeaseHolder = ask.From,
        };
        return WriteThenReply(step, voter, ask);
    }

    private static AuthorityStep Renew(AuthorityStep step, VoterState voter, VoterRequest.Renew renewal, TimeSpan now)
    {
        var state = step.State;
        if (!state.Rules.MayAnswer(voter.Ballot))
            return step.Send(renewal.From.Node, Reply(state, voter, renewal, VoterRefusal.NotAdmitted));
        if (!state.Rules.AcceptsRenewal(voter.Ballot, renewal))
            return step.Send(renewal.From.Node, Reply(state, voter, renewal, VoterRefusal.Promised));

        var until = now + state.Settings.Lease;
        voter = voter with { LeaseUntil = until > voter.LeaseUntil ? until : voter.LeaseUntil, LeaseHolder = renewal.From };
        state = (state with { Voter = voter }).Hear(renewal.From.Node, renewal.Epoch, now);
        return renewal.Epoch > voter.Ballot.Promised
            ? WriteThenReply(step.With(state), voter with { Ballot = voter.Ballot with { Promised = renewal.Epoch, VotedFor = renewal.From } }, renewal)
            : step.With(state).Send(renewal.From.Node, Reply(state, voter, renewal, VoterRefusal.None));
    }

    // The lease may be set before the ballot is durable: it only binds.
    private static AuthorityStep WriteThenReply(AuthorityStep step, VoterState voter, VoterRequest request)
    {
        var state = step.State with { Voter = voter };
        return step.With(state).Write(voter.Ballot, new AuthorityEffect.Send(request.From.Node, Reply(state, voter, request, VoterRefusal.None)));
    }

    private static VoterRefusal Judge(AuthorityState state, VoterState voter, VoterRequest ask, bool inSpiteOfLease, TimeSpan now)
    {
        if (!state.Rules.MayAnswer(voter.Ballot))
            return VoterRefusal.NotAdmitted;
        if (now < voter.SilentUntil)
            return VoterRefusal.Silent;
        if (ask.Epoch <= voter.Ballot.Promised)
            return VoterRefusal.Promised;
        return now >= voter.LeaseUntil || inSpiteOfLease ? VoterRefusal.None : VoterRefusal.Leased;
    }

    private static bool IsExempt(AuthorityState state, VoterState voter, VoterRequest ask, long? released) =>
        voter.LeaseHolder == ask.From || state.Rules.IsReleased(released, voter.Ballot.Promised);
}
