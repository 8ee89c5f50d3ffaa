using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>The operator wants a server to take over.</summary>
public class TakeOverSpecs
{
    [Fact]
    public void It_stands_at_once_without_waiting_for_its_turn_and_by_pre_votes()
    {
        var node = Voter(promised: 6, rank: 2);
        Assert.Null(node.State.Candidacy);

        node.Give(AuthorityInput.TakeOver.Instance);

        Assert.Equal(3, node.Sent.Count);
        Assert.All(node.Sent, sent => Assert.Equal((7, null), (Assert.IsType<VoterRequest.PreVote>(sent).Epoch, ((VoterRequest.PreVote)sent).Released)));
    }

    [Fact]
    public void One_that_never_stands_by_itself_does_when_it_is_told_to()
    {
        var node = new AuthorityDriver(new ManagerRun("m7", "m7#1"), rank: null);

        node.Give(AuthorityInput.TakeOver.Instance);
        node.Answer("m1");
        node.Answer("m2");
        node.Answer("m1");
        node.Answer("m2");

        Assert.Equal(1, node.State.Holding!.Epoch);
    }

    [Fact]
    public void A_lease_still_forbids_it()
    {
        var voter = Voter();
        voter.Renew(M1, 3);

        Assert.Equal(VoterRefusal.Leased, voter.PreVote(M2, 4).Refusal);
    }

    [Fact]
    public void It_is_refused_by_one_that_holds_or_stands_or_leaves()
    {
        Assert.Contains("holds management authority already", Refusal(Holder()), StringComparison.Ordinal);
        var standing = Voter(rank: 0);
        standing.Give(AuthorityInput.TakeOver.Instance);
        Assert.Contains("standing for election already", Refusal(standing), StringComparison.Ordinal);
        var leaving = Voter(rank: 0);
        leaving.Give(AuthorityInput.Leave.Instance);
        Assert.Contains("about to stop", Refusal(leaving), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_handed_over_and_is_asked_back_waits_no_longer_for_the_successor()
    {
        var node = Holder();
        node.Give(new AuthorityInput.HandOver("m2"));

        node.Give(AuthorityInput.TakeOver.Instance);

        Assert.Null(node.State.Release);
        Assert.Equal(2, node.State.Candidacy!.Epoch);
    }

    private static string Refusal(AuthorityDriver node)
    {
        node.Give(AuthorityInput.TakeOver.Instance);
        return Assert.Single(node.Effects.OfType<AuthorityEffect.RefuseRequest>()).Reason;
    }
}
