namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A newer set of voters takes the place of an older one: persisted first, where there is a ballot.</summary>
internal static class ChangeOfVoters
{
    /// <summary>
    /// Whether a set that was told is to be gone by: a newer one always; another one of the same version where this node has no vote in
    /// its own, for whoever votes knows better than the configuration of one who does not.
    /// </summary>
    public static bool IsNews(AuthorityState state, VoterSetMessage.Told told) =>
        told.Set.Version > state.Voters.Id.Version
        || (state.Voter is null && told.Set.Version == state.Voters.Id.Version && told.Set != state.Voters.Id
            && told.Voters.Voters.Contains(told.From.Node));

    /// <summary>A set that is news was told.</summary>
    public static AuthorityStep Take(AuthorityStep step, AuthorityInput.Received received, VoterSetMessage.Told told, TimeSpan now)
    {
        if (step.State.Voter is not null)
            return VoterDesk.Receive(step, received, now);
        step = GoBy(step, told.Voters);
        if (!told.Voters.Voters.Contains(step.State.Self.Node))
            return step;
        var incarnation = step.State.Random.NextBits(out var rest).ToString("x16", null);
        return VoterDesk.Open(step.With(step.State with { Random = rest }), null, incarnation, now);
    }

    /// <summary>A voter takes a newer set over.</summary>
    public static AuthorityStep Adopt(AuthorityStep step, VoterSet voters)
    {
        if (voters.Id.Version <= step.State.Voters.Id.Version)
            return step;
        var ballot = step.State.Voter!.Ballot;
        var longest = voters.Lease > ballot.LongestLease ? voters.Lease : ballot.LongestLease;
        return GoBy(step, voters).Write(ballot with { Voters = voters, LongestLease = longest });
    }

    /// <summary>Goes by other voters: nothing that was won or asked of the ones before counts any more.</summary>
    public static AuthorityStep GoBy(AuthorityStep step, VoterSet voters)
    {
        var state = step.State with
        {
            Voters = voters,
            Settings = step.State.Rules.Settings(voters.Lease),
            Holding = null,
            Candidacy = null,
            Release = null,
        };
        if (state.Fencing is { } fencing)
            state = state with { Fencing = fencing with { Told = [], AskedSince = state.Seq + 1 } };
        if (state.Voter is { } voter)
            state = state with { Voter = voter with { ConfirmedBy = [], Readmission = null } };
        return step.With(state).Say(new AuthorityNotice.VotersChanged(voters));
    }
}
