using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class HandoverSpecs
{
    [Fact]
    public void The_holder_stops_acting_and_renewing_before_the_target_is_told()
    {
        var holder = Holder();

        holder.Give(new AuthorityInput.HandOver("m2"));

        Assert.Null(holder.State.Holding);
        Assert.False(holder.State.MayAct(holder.Now));
        var send = Assert.Single(holder.Effects.OfType<AuthorityEffect.Send>());
        Assert.Equal(("m2", 1), (send.To, Assert.IsType<Transfer>(send.Message).Epoch));
        holder.Advance(1);
        holder.Give(AuthorityInput.Tick.Instance);
        Assert.Empty(holder.Sent);
    }

    [Fact]
    public void It_is_refused_by_who_does_not_hold_or_is_being_elected_and_for_oneself()
    {
        Assert.Contains("does not hold", Refusal(Voter(rank: 0), "m1"), StringComparison.Ordinal);
        Assert.Contains("must be another server", Refusal(Holder(), "m0"), StringComparison.Ordinal);
        var outdated = Holder();
        outdated.Acknowledge("m0", VoterRefusal.Promised, promised: 5);
        Assert.Contains("being elected", Refusal(outdated, "m1"), StringComparison.Ordinal);
        Assert.NotNull(outdated.State.Holding);
    }

    [Fact]
    public void The_target_asks_for_votes_at_once_naming_what_was_released()
    {
        var target = Voter(promised: 4);

        target.Receive(new Transfer(M1, Three.Id, 4));

        Assert.All(target.Sent, sent => Assert.Equal((5, 4L), (Assert.IsType<VoterRequest.Vote>(sent).Epoch, ((VoterRequest.Vote)sent).Released)));
        target.Answer("m1");
        target.Answer("m2");
        Assert.Equal(5, target.State.Holding!.Epoch);
    }

    [Fact]
    public void A_manager_that_is_no_voter_can_be_the_target()
    {
        var target = new AuthorityDriver(new ManagerRun("m7", "m7#1"), rank: null);

        target.Receive(new Transfer(M1, Three.Id, 4));
        target.Answer("m1");
        target.Answer("m2");

        Assert.Equal(5, target.State.Holding!.Epoch);
        Assert.Equal(["m0", "m1", "m2"], target.Effects.OfType<AuthorityEffect.Send>().Select(send => send.To));
    }

    [Fact]
    public void When_refused_the_target_asks_again_above_with_the_same_release_five_times_in_all()
    {
        var target = Voter(promised: 4);
        target.Receive(new Transfer(M1, Three.Id, 4));

        for (var tries = 1; tries < 5; tries++)
        {
            var epoch = target.State.Candidacy!.Epoch;
            target.Answer("m1", VoterRefusal.Promised, promised: epoch + 2);
            target.Answer("m2", VoterRefusal.Leased, promised: epoch);
            Assert.Equal(epoch + 3, target.State.Candidacy!.Epoch);
            Assert.Equal(4, target.State.Candidacy!.Released);
            Assert.Equal(3, target.Sent.OfType<VoterRequest.Vote>().Count());
        }
        target.Answer("m1", VoterRefusal.Leased);
        target.Answer("m2", VoterRefusal.Leased);
        Assert.Empty(target.Sent);
    }

    [Fact]
    public void The_old_holder_stands_again_when_no_successor_is_heard_of()
    {
        var holder = Holder();
        holder.Give(new AuthorityInput.HandOver("m2"));

        holder.Advance(2.799);
        holder.Give(AuthorityInput.Tick.Instance);
        Assert.Null(holder.State.Candidacy);
        holder.Advance(0.001);
        Assert.Equal(holder.Now, AuthorityDecisions.DueAt(holder.State));
        holder.Give(AuthorityInput.Tick.Instance);

        Assert.All(holder.Sent, sent => Assert.Equal(2, Assert.IsType<VoterRequest.PreVote>(sent).Epoch));
    }

    [Fact]
    public void The_old_holder_rests_when_a_successor_renews()
    {
        var holder = Holder();
        holder.Give(new AuthorityInput.HandOver("m2"));

        Assert.True(holder.Renew(M2, 2).Granted);
        holder.Advance(3);
        holder.Give(AuthorityInput.Tick.Instance);

        Assert.Null(holder.State.Candidacy);
        Assert.Null(holder.State.Release);
    }

    [Fact]
    public void Its_own_late_renewals_are_no_successor()
    {
        var holder = Holder();
        var self = holder.State.Self;
        holder.Give(new AuthorityInput.HandOver("m2"));

        holder.Renew(self, 1);

        Assert.NotNull(holder.State.Release);
    }

    private static string Refusal(AuthorityDriver node, string target)
    {
        node.Give(new AuthorityInput.HandOver(target));
        return Assert.Single(node.Effects.OfType<AuthorityEffect.RefuseRequest>()).Reason;
    }
}
