using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class ReadmittingSpecs
{
    private static readonly Incarnation Second = new(2, "fresh");

    [Fact]
    public void The_operator_begins_it_and_the_others_are_asked_for_a_higher_number()
    {
        var voter = Wiped();

        voter.Give(AuthorityInput.Readmit.Instance);

        Assert.Equal(["m1", "m2"], voter.Effects.OfType<AuthorityEffect.Send>().Select(send => send.To));
        Assert.All(voter.Sent, sent => Assert.Equal(Second, Assert.IsType<IncarnationMessage.Readmit>(sent).New));
    }

    [Fact]
    public void A_majority_made_of_others_is_needed_and_the_highest_of_each_is_kept()
    {
        var voter = Readmitting();
        voter.Receive(Answer(M1, promised: 7, longest: 1));
        voter.Receive(Answer(M1, promised: 7, longest: 1));
        Assert.Empty(voter.Effects);

        voter.Receive(Answer(M2, promised: 4, longest: 3));

        var ballot = voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot;
        Assert.Equal((7, Lease * 3, false), (ballot.Promised, ballot.LongestLease, ballot.Admitted));
        Assert.Equal(Second, ballot.Table.Find("m0"));
        Assert.Equal(new Incarnation(1, "m2@1"), ballot.Table.Find("m2"));
    }

    [Fact]
    public void It_is_admitted_after_the_longest_lease_and_votes_above_what_the_others_promised()
    {
        var voter = Readmitting();
        voter.Receive(Answer(M1, promised: 7, longest: 3));
        voter.Receive(Answer(M2, promised: 4, longest: 1));
        voter.Written();

        voter.Advance(14.999);
        voter.Give(AuthorityInput.Tick.Instance);
        Assert.Equal(VoterRefusal.NotAdmitted, voter.Renew(M1, 7).Refusal);
        voter.Advance(0.001);
        voter.Give(AuthorityInput.Tick.Instance);
        Assert.True(voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot.Admitted);
        voter.Written();

        Assert.Equal(VoterRefusal.Promised, voter.Vote(M1, 7).Refusal);
        Assert.True(voter.Vote(M1, 8).Granted);
    }

    [Fact]
    public void An_answer_of_a_voter_that_lost_its_own_ballot_since_does_not_count()
    {
        var voter = Readmitting();
        voter.Receive(Answer(M1, promised: 7));

        voter.Receive(Answer(M2, promised: 4) with { Table = Table("m0", "m2").With("m1", new Incarnation(2, "m1@2")) });

        Assert.Equal(["m2"], voter.State.Voter!.Readmission!.Told.Select(told => told.From.Node));
    }

    [Fact]
    public void A_number_that_is_taken_makes_it_begin_again_above()
    {
        var voter = Readmitting();
        voter.Receive(Answer(M1, promised: 7));

        voter.Receive(Answer(M2, promised: 4) with { Known = new Incarnation(5, "another") });

        Assert.All(voter.Sent, sent => Assert.Equal(new Incarnation(6, "fresh"), Assert.IsType<IncarnationMessage.Readmit>(sent).New));
        Assert.Empty(voter.State.Voter!.Readmission!.Told);
    }

    [Fact]
    public void Who_helps_writes_the_entry_before_it_answers_and_then_counts_by_it()
    {
        var helper = Voter(promised: 9);
        var ask = new IncarnationMessage.Readmit(M1, Three.Id, new Incarnation(2, "m1@2"));

        helper.Receive(ask);
        Assert.Empty(helper.Sent);
        helper.Written();

        var answer = Assert.IsType<IncarnationMessage.Readmitted>(Assert.Single(helper.Sent));
        Assert.Equal((ask.New, 9, Lease, "m0@1"), (answer.Known, answer.Promised, answer.LongestLease, answer.Incarnation));
        Assert.Equal(ask.New, helper.State.Known.Find("m1"));

        // Asked again because the answer was lost.
        Assert.Equal(ask.New, helper.Reply<IncarnationMessage.Readmitted>(ask).Known);
        // An older number does not come back.
        Assert.Equal(ask.New, helper.Reply<IncarnationMessage.Readmitted>(ask with { New = new Incarnation(2, "m1@3") }).Known);
    }

    [Fact]
    public void One_that_is_not_admitted_cannot_help()
    {
        var helper = Wiped();

        helper.Receive(new IncarnationMessage.Readmit(M1, Three.Id, new Incarnation(2, "m1@2")));

        Assert.Empty(helper.Effects);
    }

    [Fact]
    public void Who_votes_already_or_is_no_voter_is_not_readmitted()
    {
        var voter = Voter();
        voter.Give(AuthorityInput.Readmit.Instance);
        Assert.Contains("votes already", Assert.Single(voter.Effects.OfType<AuthorityEffect.RefuseRequest>()).Reason, StringComparison.Ordinal);

        var other = new AuthorityDriver(new ManagerRun("m9", "m9#1"), rank: null);
        other.Give(AuthorityInput.Readmit.Instance);
        Assert.Contains("is not a voter; ask one of m0, m1, m2", Assert.Single(other.Effects.OfType<AuthorityEffect.RefuseRequest>()).Reason, StringComparison.Ordinal);
    }

    private static AuthorityDriver Wiped()
    {
        var voter = new AuthorityDriver(rank: null);
        voter.Written();
        voter.Receive(new IncarnationMessage.Confirmed(M1, Three.Id, "fresh", new Incarnation(1, "m0@1")));
        return voter;
    }

    private static AuthorityDriver Readmitting()
    {
        var voter = Wiped();
        voter.Give(AuthorityInput.Readmit.Instance);
        return voter;
    }

    private static IncarnationMessage.Readmitted Answer(ManagerRun from, long promised, int longest = 1) => new(
        from, Three.Id, Second, Second, $"{from.Node}@1", promised, Table("m0", "m1", "m2").With("m0", Second), Lease * longest);
}
