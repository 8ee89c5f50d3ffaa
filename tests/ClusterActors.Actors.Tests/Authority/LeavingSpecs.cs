using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>A node that is about to stop.</summary>
public class LeavingSpecs
{
    private static AuthorityDriver Leaving(AuthorityDriver node)
    {
        node.Give(AuthorityInput.Leave.Instance);
        return node;
    }

    [Fact]
    public void It_does_not_stand_any_more()
    {
        var (stays, leaves) = (Voter(rank: 0), Leaving(Voter(rank: 0)));
        foreach (var node in (AuthorityDriver[])[stays, leaves])
        {
            node.Advance(Lease.TotalSeconds);
            node.Give(AuthorityInput.Tick.Instance);
        }

        Assert.NotNull(stays.State.Candidacy);
        Assert.Null(leaves.State.Candidacy);
        Assert.Null(AuthorityDecisions.DueAt(leaves.State));
    }

    [Fact]
    public void It_votes_and_acknowledges_as_before()
    {
        var voter = Leaving(Voter());

        Assert.True(voter.Vote(M1, 3).Granted);
        Assert.True(voter.Renew(M1, 3).Granted);
    }

    [Fact]
    public void The_holder_goes_on_until_it_stops_if_nobody_can_take_over()
    {
        var holder = Leaving(Holder());
        holder.Advance(0.5);

        holder.Give(AuthorityInput.Tick.Instance);

        Assert.True(holder.State.MayAct(holder.Now));
        Assert.Contains(holder.Sent, sent => sent is VoterRequest.Renew);
    }

    [Fact]
    public void One_that_lapses_does_not_come_back()
    {
        var holder = Leaving(Holder());
        holder.Advance(Lease.TotalSeconds);

        holder.Give(AuthorityInput.Tick.Instance);

        Assert.Null(holder.State.Holding);
        Assert.Null(holder.State.Candidacy);
    }

    [Fact]
    public void Nothing_is_handed_to_it()
    {
        var target = Leaving(Voter(promised: 4));

        target.Receive(new Transfer(M1, Three.Id, 4));

        Assert.Null(target.State.Candidacy);
    }

    [Fact]
    public void It_does_not_wait_for_a_missing_successor_for_ever_and_does_not_take_its_place()
    {
        var holder = Holder();
        holder.Give(new AuthorityInput.HandOver("m2"));
        Leaving(holder);
        Assert.NotNull(holder.State.Release);

        holder.Advance(Lease.TotalSeconds);
        holder.Give(AuthorityInput.Tick.Instance);

        Assert.Null(holder.State.Release);
        Assert.Null(holder.State.Candidacy);
    }
}
