namespace ClusterActors.Actors.Authority.Rules;

/// <summary>First contact: a voter may vote once every other voter has persisted which incarnation it is.</summary>
internal static class Admission
{
    /// <summary>When a voter that is not admitted asks next, or is admitted.</summary>
    public static TimeSpan? DueAt(AuthorityState state)
    {
        if (state.Voter is not { Ballot.Admitted: false, Pending: null } voter)
            return null;
        return voter.Readmission?.AdmittedAt ?? voter.NextAskAt;
    }

    /// <summary>Does what time asks for.</summary>
    public static AuthorityStep Pass(AuthorityStep step, TimeSpan now)
    {
        if (!(now >= DueAt(step.State)))
            return step;
        var voter = step.State.Voter!;
        if (voter.Readmission?.AdmittedAt is not null)
            return Admit(step, voter);
        step = step.With(step.State with { Voter = voter with { NextAskAt = now + step.State.Settings.RenewEvery } });
        var self = step.State.Self;
        return voter.Readmission is { } readmission
            ? step.SendToOtherVoters(new IncarnationMessage.Readmit(self, step.State.Voters.Id, readmission.New))
            : step.SendToOtherVoters(new IncarnationMessage.Confirm(self, step.State.Voters.Id, voter.Ballot.Incarnation));
    }

    /// <summary>Another voter is not admitted and tells its incarnation. What stands in the table already stays.</summary>
    public static AuthorityStep Answer(AuthorityStep step, IncarnationMessage.Confirm confirm, TimeSpan now)
    {
        var state = step.State;
        var ballot = state.Voter!.Ballot;
        if (confirm.Set != state.Voters.Id || !state.Voters.Voters.Contains(confirm.From.Node))
            return step;
        if (ballot.Table.Find(confirm.From.Node) is { } known)
            return step.Send(confirm.From.Node, Reply(known));

        var first = new Incarnation(1, confirm.Id);
        ballot = ballot with { Table = ballot.Table.With(confirm.From.Node, first) };
        return Counting.Learn(step.Write(ballot, new AuthorityEffect.Send(confirm.From.Node, Reply(first))), ballot.Table, now);

        IncarnationMessage.Confirmed Reply(Incarnation entry) => new(state.Self, state.Voters.Id, confirm.Id, entry);
    }

    /// <summary>Another voter told what it knows. What is not first contact is a lost ballot, or a readmission that was interrupted.</summary>
    public static AuthorityStep Take(AuthorityStep step, IncarnationMessage.Confirmed confirmed, TimeSpan now)
    {
        var voter = step.State.Voter!;
        if (voter.Ballot.Admitted || confirmed.Id != voter.Ballot.Incarnation || confirmed.Set != step.State.Voters.Id)
            return step;
        if (!step.State.Rules.IsFirstContact(confirmed.Known, voter.Ballot.Incarnation))
        {
            step = Counting.Learn(step, IncarnationTable.Empty.With(step.State.Self.Node, confirmed.Known), now);
            return voter.NeedsReadmission
                ? step
                : step.With(step.State with { Voter = step.State.Voter! with { NeedsReadmission = true } })
                    .Say(new AuthorityNotice.NeedsReadmission(confirmed.From.Node));
        }
        if (!voter.ConfirmedBy.Contains(confirmed.From.Node))
            voter = voter with { ConfirmedBy = voter.ConfirmedBy.Add(confirmed.From.Node) };
        step = step.With(step.State with { Voter = voter });
        return step.State.Voters.Voters.All(other => other == step.State.Self.Node || voter.ConfirmedBy.Contains(other)) ? Admit(step, voter) : step;
    }

    private static AuthorityStep Admit(AuthorityStep step, VoterState voter) =>
        step.With(step.State with { Voter = voter with { Readmission = null, NeedsReadmission = false } })
            .Write(
                voter.Ballot with { Admitted = true },
                new AuthorityEffect.Say(new AuthorityNotice.Admitted(voter.Ballot.Incarnation)));
}
