using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>The operator's last resort when a majority of the voters is lost for ever: new voters, and an epoch far above.</summary>
internal static class ForcedAuthority
{
    private const int ChanceBits = 20;

    /// <summary>The operator confirmed that the others are stopped.</summary>
    public static AuthorityStep Take(AuthorityStep step, AuthorityInput.Force force, TimeSpan now)
    {
        var state = step.State;
        if (Refusal(state, force.Voters) is { } reason)
            return step.Then(new AuthorityEffect.RefuseRequest(force, reason));

        // Two halves that are forced at once must not take each other for the same voters, nor meet at one epoch.
        var versions = (long)(state.Random.NextBits(out var random) >> (64 - ChanceBits));
        var epochs = (long)(random.NextBits(out random) >> (64 - ChanceBits));
        var voters = VoterSet.Create(force.Voters, state.ConfiguredLease, state.Voters.Id.Version + 1 + versions);
        step = ChangeOfVoters.GoBy(step.With(state with { Random = random }), voters);

        var voter = step.State.Voter!;
        var ballot = voter.Ballot with
        {
            Voters = voters,
            Promised = Math.Max(voter.Ballot.Promised, state.HighestSeen) + AuthoritySettings.ForcedEpochs + epochs,
            VotedFor = null,
            Admitted = voter.Ballot.Admitted || voters.Voters.Length == 1,
        };
        var until = now + ballot.LongestLease;
        return step.With(step.State.See(ballot.Promised) with
        {
            Voter = voter with { SilentUntil = until > voter.SilentUntil ? until : voter.SilentUntil },
        }).Write(ballot);
    }

    private static string? Refusal(AuthorityState state, ImmutableArray<string> voters)
    {
        var listed = string.Join(", ", voters);
        if (voters.Length is < 1 or > VoterSet.MaxVoters || voters.Distinct(StringComparer.Ordinal).Count() != voters.Length)
            return $"the voters are to be {listed}; there must be 1 to {VoterSet.MaxVoters} different ones";
        return voters.Contains(state.Self.Node) ? null : $"the voters are to be {listed}; {state.Self.Node} must be one of them, or be told by one of them";
    }
}
