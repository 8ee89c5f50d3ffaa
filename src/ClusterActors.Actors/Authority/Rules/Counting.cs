using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Counts the answers of voters by the newest table of incarnations seen, and again when that table changes.</summary>
internal static class Counting
{
    /// <summary>A table was seen.</summary>
    public static AuthorityStep Learn(AuthorityStep step, IncarnationTable table, TimeSpan now)
    {
        var known = step.State.Known.Merge(table);
        return ReferenceEquals(known, step.State.Known) ? step : GoBy(step, known, now);
    }

    /// <summary>This node's own ballot began anew while it runs: the incarnation before, which may never have got out, is no more.</summary>
    public static AuthorityStep Forget(AuthorityStep step, string incarnation, TimeSpan now)
    {
        var (state, self) = (step.State, step.State.Self.Node);
        var known = state.Known.With(self, new Incarnation(state.Known.Find(self)?.Number ?? 1, incarnation));
        return GoBy(step, known, now);
    }

    /// <summary>The holding with its validity reckoned anew: the majority-th newest renewal that is acknowledged, plus f.</summary>
    public static Holding Validate(AuthorityState state, Holding holding)
    {
        var majority = state.Voters.Majority;
        if (holding.Acknowledged.Length < majority)
            return holding;
        var sent = holding.Acknowledged.Select(acknowledged => acknowledged.SentAt).OrderDescending().ElementAt(majority - 1);
        return holding with { ValidUntil = sent + state.Settings.Validity };
    }

    private static AuthorityStep GoBy(AuthorityStep step, IncarnationTable known, TimeSpan now)
    {
        var state = step.State;
        var rules = state.Rules;
        state = state with { Known = known };
        if (state.Candidacy is { } candidacy)
            state = state with { Candidacy = candidacy with { Granted = candidacy.Granted.RemoveAll(vote => !rules.Counts(known, vote.Key, vote.Value)) } };
        if (state.Fencing is { Told.IsEmpty: false } fencing)
            state = state with { Fencing = fencing with { Told = fencing.Told.RemoveAll(told => !rules.Counts(known, told.From.Node, told.Incarnation)) } };
        if (state.Voter is { Readmission: { AdmittedAt: null } readmission } voter)
        {
            var told = readmission.Told.RemoveAll(answer => !rules.Counts(known, answer.From.Node, answer.Incarnation));
            state = state with { Voter = voter with { Readmission = readmission with { Told = told } } };
        }

        return step.With(state.Holding is { } holding ? state with { Holding = Recount(state, holding, now) } : state);
    }

    private static Holding Recount(AuthorityState state, Holding holding, TimeSpan now)
    {
        var acknowledged = holding.Acknowledged.RemoveAll(one => !state.Rules.Counts(state.Known, one.Voter, one.Incarnation));
        var left = holding with { Acknowledged = acknowledged };
        if (acknowledged.Length >= state.Voters.Majority)
            return Validate(state, left);
        return holding.ValidUntil is null ? left : left with { ValidUntil = now };
    }
}
