using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A voter whose ballot was lost comes back: a majority made of others tells it what it may have promised.</summary>
internal static class Readmitting
{
    /// <summary>The operator wants it.</summary>
    public static AuthorityStep Begin(AuthorityStep step, TimeSpan now)
    {
        var state = step.State;
        var voter = state.Voter!;
        if (voter.Ballot.Admitted)
            return Refuse("votes already; readmit is for a voter that lost its ballot");
        if (voter.Readmission is not null)
            return Refuse("is being readmitted already; wait");
        if (state.Voters.Voters.Length - 1 < state.Voters.Majority)
            return Refuse($"cannot be readmitted: that takes {state.Voters.Majority} other voters and there are {state.Voters.Voters.Length - 1}; use force-authority");
        return step.With(Restart(state, voter, 0, now));

        AuthorityStep Refuse(string reason) => step.Then(new AuthorityEffect.RefuseRequest(AuthorityInput.Readmit.Instance, $"{state.Self.Node} {reason}"));
    }

    /// <summary>Another voter comes back. Only an admitted one may help, and only a number above the known one replaces an entry.</summary>
    public static AuthorityStep Answer(AuthorityStep step, IncarnationMessage.Readmit readmit, TimeSpan now)
    {
        var state = step.State;
        var ballot = state.Voter!.Ballot;
        var back = readmit.From.Node;
        if (!ballot.Admitted || readmit.Set != state.Voters.Id || !state.Voters.Voters.Contains(back) || back == state.Self.Node)
            return step;
        if (ballot.Table.Find(back) is { } known && known.Number >= readmit.New.Number)
            return step.Send(back, Reply(ballot, known));
        ballot = ballot with { Table = ballot.Table.With(back, readmit.New) };
        return Counting.Learn(step.Write(ballot, new AuthorityEffect.Send(back, Reply(ballot, readmit.New))), ballot.Table, now);

        IncarnationMessage.Readmitted Reply(Ballot from, Incarnation entry) => new(
            state.Self, state.Voters.Id, readmit.New, entry, from.Incarnation, from.Promised, from.Table, from.LongestLease);
    }

    /// <summary>Another voter helped. Enough of them: their highest is persisted, then the voter is silent for the longest lease.</summary>
    public static AuthorityStep Take(AuthorityStep step, IncarnationMessage.Readmitted answer, TimeSpan now)
    {
        if (step.State.Voter is not { Ballot.Admitted: false, Readmission: { AdmittedAt: null } readmission } voter
            || answer.New != readmission.New
            || answer.Set != step.State.Voters.Id)
            return step;
        if (answer.Known != answer.New)
            return step.With(Restart(step.State, voter, answer.Known.Number, now));

        step = Counting.Learn(step, answer.Table, now);
        voter = step.State.Voter!;
        readmission = voter.Readmission!;
        if (!step.State.Rules.Counts(step.State.Known, answer.From.Node, answer.Incarnation)
            || readmission.Told.Any(told => told.From.Node == answer.From.Node))
            return step;
        readmission = readmission with { Told = readmission.Told.Add(answer) };
        step = step.With(step.State with { Voter = voter with { Readmission = readmission } });
        return readmission.Told.Length < step.State.Voters.Majority ? step : Keep(step, voter, readmission, now);
    }

    private static AuthorityStep Keep(AuthorityStep step, VoterState voter, Readmission readmission, TimeSpan now)
    {
        var own = voter.Ballot;
        var told = readmission.Told;
        var longest = told.Max(one => one.LongestLease);
        var ballot = own with
        {
            Promised = step.State.Rules.PromisedWhenReadmitted(Math.Max(own.Promised, told.Max(one => one.Promised))),
            Table = told.Aggregate(own.Table, (table, one) => table.Merge(one.Table)).With(step.State.Self.Node, readmission.New),
            LongestLease = longest > own.LongestLease ? longest : own.LongestLease,
        };
        var until = now + ballot.LongestLease;
        step = step.With(step.State.See(ballot.Promised) with
        {
            Voter = voter with
            {
                Readmission = readmission with { AdmittedAt = until },
                SilentUntil = until > voter.SilentUntil ? until : voter.SilentUntil,
            },
        });
        return Counting.Learn(step.Write(ballot), ballot.Table, now);
    }

    private static AuthorityState Restart(AuthorityState state, VoterState voter, int taken, TimeSpan now)
    {
        var number = Math.Max(taken, Math.Max(Number(state.Known), Number(voter.Ballot.Table))) + 1;
        return state with
        {
            Voter = voter with
            {
                Readmission = new Readmission(new Incarnation(number, voter.Ballot.Incarnation), ImmutableArray<IncarnationMessage.Readmitted>.Empty, null),
                NextAskAt = now,
            },
        };

        int Number(IncarnationTable table) => table.Find(state.Self.Node)?.Number ?? 0;
    }
}
