using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class AdmissionSpecs
{
    [Fact]
    public void A_new_voter_writes_its_incarnation_before_it_tells_anybody()
    {
        var voter = New();

        Assert.Equal("fresh", Assert.IsType<AuthorityEffect.WriteBallot>(Assert.Single(voter.Effects)).Ballot.Incarnation);
        voter.Written();
        Assert.Equal(["m1", "m2"], voter.Effects.OfType<AuthorityEffect.Send>().Select(send => send.To));
        Assert.All(voter.Sent, sent => Assert.Equal("fresh", Assert.IsType<IncarnationMessage.Confirm>(sent).Id));
    }

    [Fact]
    public void It_votes_once_every_other_voter_has_confirmed_and_that_is_on_disk()
    {
        var voter = New();
        voter.Written();
        voter.Advance(Lease.TotalSeconds);

        voter.Receive(Confirmed(M1, new Incarnation(1, "fresh")));
        voter.Receive(Confirmed(M1, new Incarnation(1, "fresh")));
        Assert.Equal(VoterRefusal.NotAdmitted, voter.Vote(M1, 1).Refusal);
        voter.Receive(Confirmed(M2, new Incarnation(1, "fresh")));
        Assert.True(Assert.Single(voter.Effects.OfType<AuthorityEffect.WriteBallot>()).Ballot.Admitted);
        voter.Written();

        Assert.True(voter.Vote(M1, 1).Granted);
    }

    [Fact]
    public void When_the_admission_does_not_get_onto_the_disk_it_asks_again()
    {
        var voter = New();
        voter.Written();
        var ballot = voter.State.Voter!.Ballot;
        voter.Receive(Confirmed(M1, new Incarnation(1, "fresh")));
        voter.Receive(Confirmed(M2, new Incarnation(1, "fresh")));
        voter.Give(new AuthorityInput.BallotFailed(voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ticket, ballot));

        voter.Receive(Confirmed(M1, new Incarnation(1, "fresh")));

        Assert.True(voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot.Admitted);
    }

    [Fact]
    public void The_only_voter_of_a_set_needs_nobody()
    {
        var voter = new AuthorityDriver(voters: VoterSet.Create(["m0"], Lease));

        Assert.True(voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot.Admitted);
    }

    [Fact]
    public void It_asks_again_until_all_have_answered()
    {
        var voter = New();
        voter.Written();
        voter.Advance(0.5);
        voter.Give(AuthorityInput.Tick.Instance);

        Assert.Equal(2, voter.Sent.OfType<IncarnationMessage.Confirm>().Count());
    }

    [Fact]
    public void An_incarnation_is_written_at_first_contact_and_then_stays()
    {
        var voter = New();
        voter.Written();

        voter.Receive(new IncarnationMessage.Confirm(M1, Three.Id, "a"));
        Assert.Empty(voter.Sent);
        Assert.Equal(new Incarnation(1, "a"), voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot.Table.Find("m1"));
        voter.Written();
        Assert.Equal(new Incarnation(1, "a"), Assert.IsType<IncarnationMessage.Confirmed>(Assert.Single(voter.Sent)).Known);

        var other = voter.Reply<IncarnationMessage.Confirmed>(new IncarnationMessage.Confirm(M1, Three.Id, "b"));
        Assert.Equal(("b", new Incarnation(1, "a")), (other.Id, other.Known));
        Assert.Equal(new Incarnation(1, "a"), voter.State.Voter!.Ballot.Table.Find("m1"));
    }

    [Fact]
    public void One_that_is_no_voter_is_not_written_down()
    {
        var voter = Voter();

        voter.Receive(new IncarnationMessage.Confirm(new ManagerRun("m9", "m9#1"), Three.Id, "a"));

        Assert.Empty(voter.Effects);
    }

    [Fact]
    public void One_that_others_know_by_another_incarnation_has_lost_its_ballot_and_says_so_once()
    {
        var voter = New();
        voter.Written();

        voter.Receive(Confirmed(M1, new Incarnation(1, "m0@1")));
        Assert.Contains(voter.Effects, effect => effect is AuthorityEffect.Say { Notice: AuthorityNotice.NeedsReadmission { Node: "m1" } });
        voter.Receive(Confirmed(M2, new Incarnation(1, "m0@1")));
        Assert.Empty(voter.Effects);
        Assert.False(voter.State.Voter!.Ballot.Admitted);
    }

    [Fact]
    public void A_readmission_that_was_interrupted_is_not_taken_for_first_contact()
    {
        var voter = New();
        voter.Written();

        voter.Receive(Confirmed(M1, new Incarnation(2, "fresh")));
        voter.Receive(Confirmed(M2, new Incarnation(2, "fresh")));

        Assert.Empty(voter.State.Voter!.ConfirmedBy);
        Assert.False(voter.State.Voter!.Ballot.Admitted);
    }

    private static AuthorityDriver New() => new(rank: null);

    private static IncarnationMessage.Confirmed Confirmed(ManagerRun from, Incarnation known) => new(from, Three.Id, "fresh", known);
}
