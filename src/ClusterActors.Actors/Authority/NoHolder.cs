using System.Globalization;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Authority;

/// <summary>Says in words why nobody may command at the moment, as far as one node can tell.</summary>
internal static class NoHolder
{
    /// <summary>The reason, in a sentence without its full stop.</summary>
    public static string Why(AuthoritySnapshot newest, TimeSpan now)
    {
        var state = newest.State;
        var voters = state.Voters;
        var reached = voters.Voters.Where(name => IsReached(newest, name)).ToArray();
        if (reached.Length < voters.Majority)
        {
            var missing = string.Join(", ", voters.Voters.Except(reached).Select(newest.NodeOf));
            return Invariant(
                $"{reached.Length} of {voters.Voters.Length} voters can be reached and {voters.Majority} are needed; {missing} cannot be reached (force-authority, if gone for good)");
        }

        var outside = reached.Where(name => !IsAdmitted(newest, name)).Select(newest.NodeOf).ToArray();
        if (reached.Length - outside.Length < voters.Majority)
            return $"{string.Join(", ", outside)} may not vote: its ballot is new and not known to every other voter yet, or was lost (readmit)";
        if (state.Candidacy is { } candidacy)
            return Invariant($"{newest.Node} is standing for election at epoch {candidacy.Epoch}");
        if (state.Voter is { } voter && voter.SilentUntil > now)
            return Invariant($"the voters started lately and wait for leases granted before, {(voter.SilentUntil - now).TotalSeconds:0.#} s more");
        if (state.Voter is { LeaseHolder: { } holder } bound && bound.LeaseUntil > now)
            return Invariant($"the lease of {newest.NodeOf(holder.Node)} has {(bound.LeaseUntil - now).TotalSeconds:0.#} s to go");
        return "an election is due";
    }

    private static bool IsReached(AuthoritySnapshot newest, string name) =>
        name == newest.State.Self.Node || newest.Servers.GetValueOrDefault(name) is { IsLinked: true };

    private static bool IsAdmitted(AuthoritySnapshot newest, string name) => name == newest.State.Self.Node
        ? newest.State.Voter?.Ballot.Admitted == true
        : newest.Servers.GetValueOrDefault(name)?.Standing.Voter?.Admitted == true;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
