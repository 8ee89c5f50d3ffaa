using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class ElectionSpecs
{
    [Fact]
    public void It_stands_when_its_lease_record_has_expired_and_others_had_their_chance()
    {
        var manager = Voter(rank: 1);
        manager.Renew(M1, 1);
        var stagger = manager.State.Settings.Stagger;

        Assert.InRange(Election.StandsAt(manager.State)!.Value - manager.Now - Lease, stagger, stagger * 1.5);
        Assert.Equal(Election.StandsAt(manager.State), AuthorityDecisions.DueAt(manager.State));
    }

    [Fact]
    public void A_witness_and_a_manager_that_is_no_voter_never_stand_by_themselves()
    {
        Assert.Null(Election.StandsAt(Voter(rank: null).State));
        Assert.Null(Election.StandsAt(new AuthorityDriver(new ManagerRun("m7", "m7#1"), rank: 3).State));
    }

    [Fact]
    public void It_asks_for_pre_votes_above_every_epoch_seen_and_asks_itself_too()
    {
        var manager = Candidate(promised: 6);

        Assert.Equal(["m0", "m1", "m2"], manager.Effects.OfType<AuthorityEffect.Send>().Select(send => send.To));
        Assert.All(manager.Sent, sent => Assert.Equal((7, null), (Assert.IsType<VoterRequest.PreVote>(sent).Epoch, ((VoterRequest.PreVote)sent).Released)));
        Assert.Equal(6, manager.State.HighestSeen);
    }

    [Fact]
    public void A_majority_of_pre_votes_leads_to_votes_and_a_majority_of_votes_to_a_renewal_at_once()
    {
        var manager = Candidate();

        manager.Answer("m1");
        Assert.Empty(manager.Sent);
        manager.Answer("m2");
        Assert.All(manager.Sent, sent => Assert.Equal(1, Assert.IsType<VoterRequest.Vote>(sent).Epoch));
        manager.Answer("m1");
        manager.Answer("m0");
        Assert.Equal(1, manager.State.Holding!.Epoch);
        Assert.All(manager.Sent, sent => Assert.IsType<VoterRequest.Renew>(sent));
        Assert.False(manager.State.MayAct(manager.Now));
    }

    [Fact]
    public void A_voter_counts_once()
    {
        var manager = Candidate();

        manager.Answer("m1");
        manager.Answer("m1");

        Assert.False(manager.State.Candidacy!.Voting);
    }

    [Fact]
    public void Only_voters_count()
    {
        var manager = Candidate();

        manager.Answer("m1");
        manager.Answer("m9", table: Table("m0", "m1", "m2", "m9"));

        Assert.False(manager.State.Candidacy!.Voting);
    }

    [Fact]
    public void The_no_to_a_request_that_came_twice_does_not_undo_the_yes()
    {
        var manager = Candidate();
        manager.Answer("m1", VoterRefusal.Promised, promised: 1);
        manager.Answer("m1");
        manager.Answer("m1", VoterRefusal.Promised, promised: 1);
        manager.Answer("m2");

        Assert.True(manager.State.Candidacy!.Voting);
    }

    [Fact]
    public void Answers_to_another_run_or_to_an_earlier_question_do_not_count()
    {
        var manager = Candidate();
        var seq = manager.State.Candidacy!.Seq;
        var yes = new VoterReply(M1, Three.Id, manager.State.Self.Run, seq, 1, VoterRefusal.None, 0, "m1@1", Table("m1"));

        manager.Receive(yes with { Run = "m0#0" });
        manager.Receive(yes with { Seq = seq - 1 });
        Assert.Empty(manager.State.Candidacy!.Granted);
        manager.Receive(yes);
        Assert.Single(manager.State.Candidacy!.Granted);
    }

    [Fact]
    public void A_vote_of_an_incarnation_that_is_known_to_be_lost_does_not_count_any_more()
    {
        var manager = Candidate();
        manager.Answer("m1");
        manager.Answer("m2");
        manager.Answer("m1");
        Assert.Single(manager.State.Candidacy!.Granted);

        // m2 knows that m1 lost its ballot since it voted.
        manager.Answer("m2", table: Table("m0", "m1", "m2").With("m1", new Incarnation(2, "m1@2")));
        Assert.Null(manager.State.Holding);
        Assert.Equal(["m2"], manager.State.Candidacy!.Granted.Select(vote => vote.Key));

        manager.Answer("m1");
        Assert.Null(manager.State.Holding);
        manager.Answer("m1", incarnation: "m1@2");
        Assert.NotNull(manager.State.Holding);
    }

    [Fact]
    public void It_gives_up_after_the_vote_timeout_and_draws_another_delay()
    {
        var manager = Candidate();
        var delay = manager.State.StandDelay;

        manager.Advance(0.799);
        manager.Give(AuthorityInput.Tick.Instance);
        Assert.NotNull(manager.State.Candidacy);
        manager.Advance(0.001);
        manager.Give(AuthorityInput.Tick.Instance);

        Assert.Null(manager.State.Candidacy);
        Assert.NotEqual(delay, manager.State.StandDelay);
        Assert.Equal(manager.Now + manager.State.StandDelay, Election.StandsAt(manager.State));
    }

    [Fact]
    public void Pre_votes_in_vain_do_not_raise_the_epoch_but_a_refusal_may()
    {
        var manager = Candidate();
        manager.Answer("m1", VoterRefusal.Promised, promised: 30);
        manager.Advance(0.8);
        manager.Give(AuthorityInput.Tick.Instance);
        manager.Advance(2);
        manager.Give(AuthorityInput.Tick.Instance);
        Assert.Equal(31, manager.State.Candidacy!.Epoch);

        manager.Advance(0.8);
        manager.Give(AuthorityInput.Tick.Instance);
        manager.Advance(2);
        manager.Give(AuthorityInput.Tick.Instance);
        Assert.Equal(31, manager.State.Candidacy!.Epoch);
    }

    private static AuthorityDriver Candidate(long promised = 0)
    {
        var manager = Voter(promised, rank: 0);
        manager.Advance(Lease.TotalSeconds);
        manager.Give(AuthorityInput.Tick.Instance);
        return manager;
    }
}
