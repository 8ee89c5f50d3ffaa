using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class HoldingSpecs
{
    [Fact]
    public void A_winner_may_not_act_before_a_majority_has_acknowledged()
    {
        var winner = Winner();
        Assert.False(winner.State.MayAct(winner.Now));

        winner.Acknowledge("m1");
        Assert.False(winner.State.MayAct(winner.Now));
        winner.Acknowledge("m1");
        Assert.False(winner.State.MayAct(winner.Now));
        winner.Acknowledge("m0");
        Assert.True(winner.State.MayAct(winner.Now));
    }

    [Fact]
    public void It_may_act_for_f_from_when_the_renewal_was_sent_not_from_when_it_was_acknowledged()
    {
        var holder = Winner();
        var sentAt = holder.Now;
        holder.Advance(0.3);
        holder.Acknowledge("m1");
        holder.Acknowledge("m2");

        Assert.True(holder.State.MayAct(sentAt + TimeSpan.FromSeconds(2.999)));
        Assert.False(holder.State.MayAct(sentAt + TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void The_majority_th_newest_acknowledgement_counts()
    {
        var holder = Holder();
        var first = holder.Now;
        holder.Advance(0.5);
        holder.Give(AuthorityInput.Tick.Instance);

        holder.Acknowledge("m1");
        Assert.Equal(first + TimeSpan.FromSeconds(3), holder.State.Holding!.ValidUntil);
        holder.Acknowledge("m0");
        Assert.Equal(first + TimeSpan.FromSeconds(3.5), holder.State.Holding!.ValidUntil);
    }

    [Fact]
    public void A_late_acknowledgement_of_an_earlier_renewal_takes_nothing_back()
    {
        var holder = Holder();
        holder.Advance(0.5);
        holder.Give(AuthorityInput.Tick.Instance);
        holder.Acknowledge("m1");
        holder.Acknowledge("m2");
        var until = holder.State.Holding!.ValidUntil;

        holder.Acknowledge("m1", back: 2);
        holder.Acknowledge("m2", back: 2);

        Assert.Equal(until, holder.State.Holding!.ValidUntil);
    }

    [Fact]
    public void It_renews_ten_times_in_a_lease_each_time_under_another_seq()
    {
        var holder = Holder();
        HashSet<long> seqs = [holder.State.Holding!.Renewals[^1].Seq];
        for (var i = 0; i < 5; i++)
        {
            holder.Advance(0.499);
            holder.Give(AuthorityInput.Tick.Instance);
            Assert.Empty(holder.Sent);
            holder.Advance(0.001);
            holder.Give(AuthorityInput.Tick.Instance);
            Assert.Equal(3, holder.Sent.OfType<VoterRequest.Renew>().Count());
            Assert.True(seqs.Add(holder.State.Holding!.Renewals[^1].Seq));
        }
    }

    [Fact]
    public void Once_it_lapsed_it_drops_the_epoch_for_ever_and_stands_once()
    {
        var holder = Holder();
        var renewal = holder.State.Holding!.Renewals[^1].Seq;
        holder.Advance(3);
        holder.Give(AuthorityInput.Tick.Instance);

        Assert.Null(holder.State.Holding);
        Assert.All(holder.Sent, sent => Assert.Equal(2, Assert.IsType<VoterRequest.PreVote>(sent).Epoch));
        holder.Receive(new VoterReply(M1, Three.Id, holder.State.Self.Run, renewal, 1, VoterRefusal.None, 1, "m1@1", Table("m1")));
        holder.Receive(new VoterReply(M2, Three.Id, holder.State.Self.Run, renewal, 1, VoterRefusal.None, 1, "m2@1", Table("m1")));
        Assert.Null(holder.State.Holding);
        holder.Advance(0.5);
        holder.Give(AuthorityInput.Tick.Instance);
        Assert.Empty(holder.Sent);
    }

    [Fact]
    public void An_acknowledgement_that_comes_after_the_lapse_does_not_undo_it_even_when_nobody_looked_in_between()
    {
        var holder = Holder();
        holder.Advance(0.5);
        holder.Give(AuthorityInput.Tick.Instance);
        holder.Advance(2.6);

        holder.Acknowledge("m1");

        Assert.Null(holder.State.Holding);
    }

    [Fact]
    public void A_winner_that_nobody_acknowledges_drops_its_epoch_after_two_vote_timeouts()
    {
        var winner = Winner();
        winner.Advance(1.599);
        winner.Give(AuthorityInput.Tick.Instance);
        Assert.NotNull(winner.State.Holding);
        winner.Advance(0.001);
        winner.Give(AuthorityInput.Tick.Instance);
        Assert.Null(winner.State.Holding);
        Assert.NotNull(winner.State.Candidacy);
    }

    [Fact]
    public void Refused_with_a_higher_epoch_it_stands_above_it_and_acts_on_meanwhile()
    {
        var holder = Holder();

        holder.Acknowledge("m0", VoterRefusal.Promised, promised: 8);

        Assert.Equal(9, holder.State.Candidacy!.Epoch);
        Assert.True(holder.State.MayAct(holder.Now));
        holder.Answer("m1");
        holder.Answer("m2");
        holder.Answer("m1");
        holder.Answer("m2");
        Assert.Equal(9, holder.State.Holding!.Epoch);
        Assert.False(holder.State.MayAct(holder.Now));
    }

    [Fact]
    public void An_acknowledgement_of_a_lost_incarnation_counts_no_more()
    {
        var holder = Holder();

        holder.Acknowledge("m2", table: Table("m0", "m1", "m2").With("m1", new Incarnation(2, "m1@2")));

        Assert.False(holder.State.MayAct(holder.Now));
        holder.Give(AuthorityInput.Tick.Instance);
        Assert.Null(holder.State.Holding);
    }

    [Fact]
    public void A_restart_holds_nothing()
    {
        var holder = new AuthorityDriver(ballot: BallotOf("m0", 1) with { VotedFor = M0 });

        Assert.Null(holder.State.Holding);
        Assert.Empty(holder.Sent);
    }

    [Fact]
    public void A_worker_is_commanded_only_after_it_acknowledged_the_take_of_the_epoch()
    {
        var holder = Holder("w0", "w1");
        Assert.Equal(OrderRefusal.NotTaken, Refusal(holder, "w0"));

        holder.Taken("w0");

        holder.Give(new AuthorityInput.Order("w0", "grow"));
        var command = Assert.IsType<WorkerRequest.Command>(Assert.Single(holder.Sent));
        Assert.Equal((1, "grow", holder.State.Self), (command.Epoch, command.Token, command.From));
        Assert.Equal(OrderRefusal.NotTaken, Refusal(holder, "w1"));
    }

    [Fact]
    public void Workers_are_taken_when_it_may_act_and_again_with_each_renewal_until_they_acknowledge()
    {
        var winner = Winner("w0", "w1");
        Assert.DoesNotContain(winner.Sent, sent => sent is WorkerRequest.Take);
        winner.Acknowledge("m1");
        winner.Acknowledge("m2");
        Assert.Equal(["w0", "w1"], Takes(winner));
        winner.Taken("w0");

        winner.Advance(0.5);
        winner.Give(AuthorityInput.Tick.Instance);
        Assert.Equal(["w1"], Takes(winner));

        winner.Give(new AuthorityInput.WorkerCame("w0"));
        Assert.Equal(["w0"], Takes(winner));
        Assert.Equal(OrderRefusal.NotTaken, Refusal(winner, "w0"));
    }

    [Fact]
    public void Who_does_not_hold_sends_nothing()
    {
        Assert.Equal(OrderRefusal.NotHolder, Refusal(Voter(rank: 0), "w0"));
        var holder = Holder("w0");
        holder.Taken("w0");
        holder.Advance(3);
        Assert.Equal(OrderRefusal.NotHolder, Refusal(holder, "w0"));
    }

    [Fact]
    public void A_worker_that_knows_a_newer_epoch_makes_the_holder_stand_above_it()
    {
        var holder = Holder("w0");

        holder.Receive(new WorkerReply(new ManagerRun("w0", "w#1"), Three.Id, holder.State.Self.Run, 1, 1, FenceVerdict.Stale, 40));

        Assert.Equal(41, holder.State.Candidacy!.Epoch);
    }

    private static OrderRefusal Refusal(AuthorityDriver holder, string worker)
    {
        holder.Give(new AuthorityInput.Order(worker, "token"));
        Assert.DoesNotContain(holder.Sent, sent => sent is WorkerRequest.Command);
        return Assert.Single(holder.Effects.OfType<AuthorityEffect.RefuseOrder>()).Reason;
    }

    private static string[] Takes(AuthorityDriver holder) =>
        [.. holder.Effects.OfType<AuthorityEffect.Send>().Where(send => send.Message is WorkerRequest.Take).Select(send => send.To)];
}
