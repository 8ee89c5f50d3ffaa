using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Authority;

/// <summary>What this node tells others of itself.</summary>
internal static class OwnStanding
{
    /// <summary>As it is now.</summary>
    public static VoterStanding Of(AuthorityState state, AuthorityPlan plan, TimeSpan now) => new(
        state.Self.Node,
        state.Self.Run,
        state.Voters.Id,
        plan.Node,
        (plan.IsWorker ? 1 : 0) | (plan.Manager.Current is null ? 0 : 2),
        state.Workers.Count,
        state.Voter is { } voter ? Of(state, voter, now) : null);

    private static VoterReport Of(AuthorityState state, VoterState voter, TimeSpan now)
    {
        // The epoch is told only together with its own holder: the voter may be bound to a candidate by a vote.
        var bound = voter.LeaseHolder?.Node;
        var epoch = state.Holder is { } holder && holder.Node == bound ? holder.Epoch : 0;
        return new VoterReport(voter.Ballot.Promised, voter.Ballot.Admitted, Left(voter.SilentUntil, now), Left(voter.LeaseUntil, now), bound, epoch);
    }

    private static TimeSpan Left(TimeSpan until, TimeSpan now) => until > now ? until - now : TimeSpan.Zero;
}
