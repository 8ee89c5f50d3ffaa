using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class VoterSpecs
{
    [Fact]
    public void A_vote_is_given_once_at_an_epoch()
    {
        var voter = Voter(promised: 3);

        Assert.Equal(VoterRefusal.Promised, voter.Vote(M1, 3).Refusal);
        var vote = voter.Vote(M1, 4);
        Assert.True(vote.Granted);
        Assert.Equal(4, vote.Promised);
        Assert.Equal(VoterRefusal.Promised, voter.Vote(M2, 4).Refusal);
        Assert.Equal(VoterRefusal.Promised, voter.Vote(M1, 4).Refusal);
        Assert.Equal(4, voter.Vote(M2, 2).Promised);
    }

    [Fact]
    public void A_reply_says_who_asked_what_and_which_incarnation_answers()
    {
        var reply = Voter().Reply<VoterReply>(new VoterRequest.Vote(M1, Three.Id, 42, 7, null));

        Assert.Equal(("m1#1", 42, 7, "m0@1"), (reply.Run, reply.Seq, reply.Epoch, reply.Incarnation));
        Assert.Equal(new Incarnation(1, "m2@1"), reply.Table.Find("m2"));
    }

    [Fact]
    public void A_pre_vote_changes_nothing()
    {
        var voter = Voter();
        var before = voter.State.Voter;

        Assert.True(voter.PreVote(M1, 9).Granted);
        Assert.Same(before, voter.State.Voter);
        Assert.True(voter.PreVote(M2, 1).Granted);
    }

    [Fact]
    public void A_renewal_binds_for_a_lease_by_the_voters_clock()
    {
        var voter = Voter();
        Assert.True(voter.Renew(M1, 1).Granted);

        voter.Advance(4.999);
        Assert.Equal(VoterRefusal.Leased, voter.PreVote(M2, 2).Refusal);
        Assert.Equal(VoterRefusal.Leased, voter.Vote(M2, 2).Refusal);

        voter.Advance(0.001);
        Assert.True(voter.PreVote(M2, 2).Granted);
        Assert.True(voter.Vote(M2, 2).Granted);
    }

    [Fact]
    public void The_one_it_is_bound_to_may_stand_but_not_in_another_run()
    {
        var voter = Voter();
        voter.Renew(M1, 1);

        Assert.Equal(VoterRefusal.Leased, voter.PreVote(M1 with { Run = "m1#2" }, 2).Refusal);
        Assert.Equal(VoterRefusal.Leased, voter.Vote(M1 with { Run = "m1#2" }, 2).Refusal);
        Assert.True(voter.PreVote(M1, 2).Granted);
        Assert.True(voter.Vote(M1, 2).Granted);
    }

    [Theory]
    [InlineData(5L, true)]
    [InlineData(4L, false)] // released before, but a later epoch was promised since
    [InlineData(6L, false)]
    [InlineData(null, false)]
    public void Only_the_release_of_exactly_the_promised_epoch_lifts_a_lease(long? released, bool granted)
    {
        var voter = Voter();
        voter.Renew(M1, 5);

        Assert.Equal(granted, voter.PreVote(M2, 6, released).Granted);
        Assert.Equal(granted, voter.Vote(M2, 6, released).Granted);
    }

    [Fact]
    public void A_voter_that_promised_nothing_has_nothing_that_was_released()
    {
        var voter = new AuthorityDriver(ballot: BallotOf("m0"));

        Assert.Equal(VoterRefusal.Silent, voter.PreVote(M1, 1, 0).Refusal);
    }

    [Fact]
    public void A_vote_binds_for_the_vote_lease()
    {
        var voter = Voter();
        voter.Vote(M1, 1);

        voter.Advance(1.199);
        Assert.Equal(VoterRefusal.Leased, voter.Vote(M2, 2).Refusal);
        voter.Advance(0.001);
        Assert.True(voter.Vote(M2, 2).Granted);
    }

    [Fact]
    public void A_vote_for_the_holder_does_not_shorten_its_lease()
    {
        var voter = Voter();
        voter.Renew(M1, 1);
        voter.Vote(M1, 2);

        voter.Advance(4.9);
        Assert.Equal(VoterRefusal.Leased, voter.Vote(M2, 3).Refusal);
    }

    [Fact]
    public void A_vote_for_the_one_it_was_released_to_replaces_the_lease()
    {
        var voter = Voter();
        voter.Renew(M1, 1);
        voter.Vote(M2, 2, released: 1);

        voter.Advance(1.2);
        Assert.True(voter.Vote(M1, 3).Granted);
    }

    [Fact]
    public void A_renewal_of_the_promised_epoch_is_acknowledged_whoever_got_the_vote()
    {
        var voter = Voter();
        voter.Vote(M1, 4);

        Assert.True(voter.Renew(M2, 4).Granted);
        Assert.Equal(M2, voter.State.Voter!.LeaseHolder);
    }

    [Fact]
    public void A_renewal_of_a_newer_epoch_is_adopted_and_of_an_older_one_refused()
    {
        var voter = Voter(promised: 4);

        Assert.Equal(5, voter.Renew(M1, 5).Promised);
        var refused = voter.Renew(M2, 4);
        Assert.Equal((VoterRefusal.Promised, 5), (refused.Refusal, refused.Promised));
        Assert.Equal(M1, voter.State.Voter!.LeaseHolder);
    }

    [Fact]
    public void After_a_start_it_votes_for_nobody_for_one_lease_but_acknowledges()
    {
        var voter = new AuthorityDriver(ballot: BallotOf("m0", 3), rank: null);

        Assert.Equal(VoterRefusal.Silent, voter.PreVote(M1, 4, released: 3).Refusal);
        Assert.True(voter.Renew(M1, 3).Granted);
        voter.Advance(4.999);
        Assert.Equal(VoterRefusal.Silent, voter.Vote(M1, 4).Refusal);
        voter.Advance(0.001);
        Assert.True(voter.Vote(M1, 4).Granted);
    }

    [Fact]
    public void It_is_silent_for_the_longest_lease_it_ever_granted()
    {
        var voter = new AuthorityDriver(ballot: BallotOf("m0") with { LongestLease = Lease * 3 }, rank: null);

        voter.Advance(14.999);
        Assert.Equal(VoterRefusal.Silent, voter.Vote(M1, 1).Refusal);
        voter.Advance(0.001);
        Assert.True(voter.Vote(M1, 1).Granted);
    }

    [Fact]
    public void A_longer_lease_is_on_disk_before_it_is_granted()
    {
        var voter = new AuthorityDriver(ballot: BallotOf("m0") with { LongestLease = Lease / 2 }, rank: null);

        Assert.Equal(Lease, Assert.Single(voter.Effects.OfType<AuthorityEffect.WriteBallot>()).Ballot.LongestLease);
        voter.Receive(new VoterRequest.Renew(M1, Three.Id, 1, 0));
        Assert.Empty(voter.Sent);
    }

    [Fact]
    public void One_that_is_not_admitted_says_no_to_everything()
    {
        var voter = new AuthorityDriver(ballot: BallotOf("m0", admitted: false), rank: null);
        voter.Advance(10);

        Assert.Equal(VoterRefusal.NotAdmitted, voter.PreVote(M1, 1).Refusal);
        Assert.Equal(VoterRefusal.NotAdmitted, voter.Vote(M1, 1).Refusal);
        Assert.Equal(VoterRefusal.NotAdmitted, voter.Renew(M1, 1).Refusal);
        Assert.Equal(VoterRefusal.NotAdmitted, voter.Reply<VoterReply>(new VoterRequest.TellPromised(M1, Three.Id, 1)).Refusal);
        Assert.Equal(0, voter.State.Voter!.Ballot.Promised);
    }

    [Fact]
    public void It_tells_what_it_promised()
    {
        var reply = Voter(promised: 12).Reply<VoterReply>(new VoterRequest.TellPromised(new ManagerRun("w0", "w0#1"), Three.Id, 5));

        Assert.Equal((true, 12, 5), (reply.Granted, reply.Promised, reply.Seq));
    }
}
