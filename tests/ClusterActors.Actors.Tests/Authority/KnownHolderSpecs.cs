using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>Who holds authority, as far as a node has heard.</summary>
public class KnownHolderSpecs
{
    private static void Hear(AuthorityDriver node, string holder, long epoch) => node.Give(new AuthorityInput.Heard(holder, epoch));

    [Fact]
    public void A_voter_hears_of_the_holder_by_its_renewals()
    {
        var voter = Voter();
        var first = voter.Now;
        voter.Renew(M1, 3);
        voter.Advance(1);
        voter.Renew(M1, 3);

        Assert.Equal(new KnownHolder("m1", 3, first, voter.Now), voter.State.Holder);
    }

    [Fact]
    public void A_worker_hears_of_it_by_what_it_accepts_and_not_by_what_it_refuses()
    {
        var worker = new AuthorityDriver(new ManagerRun("w0", "w0#1"), rank: null, isWorker: true, fence: new Fence(3, M1));

        worker.Receive(new WorkerRequest.Take(M2, Three.Id, 1, 2));
        Assert.Null(worker.State.Holder);
        worker.Receive(new WorkerRequest.Take(M2, Three.Id, 1, 4));

        Assert.Equal(("m2", 4), (worker.State.Holder!.Node, worker.State.Holder.Epoch));
    }

    [Fact]
    public void The_holder_knows_itself_once_it_may_act_and_not_when_it_has_only_won()
    {
        Assert.Null(Winner().State.Holder);
        Assert.Equal("m0", Holder().State.Holder!.Node);
    }

    [Fact]
    public void What_is_older_than_what_is_known_changes_nothing()
    {
        var node = Voter();
        Hear(node, "m1", 5);
        var known = node.State.Holder;

        Hear(node, "m2", 4);
        Hear(node, "m2", 5); // only one holds an epoch, and the first that was heard of does
        Hear(node, "m2", 0);

        Assert.Same(known, node.State.Holder);
    }

    [Fact]
    public void A_newer_one_takes_its_place_and_is_not_stood_above_because_others_say_so()
    {
        var node = Voter();
        Hear(node, "m1", 5);
        node.Advance(1);
        Hear(node, "m2", 8);

        Assert.Equal(new KnownHolder("m2", 8, node.Now, node.Now, IsHearsay: true), node.State.Holder);
        Assert.Equal(0, node.State.HighestSeen);
    }

    [Fact]
    public void What_a_node_knows_by_itself_takes_the_place_of_hearsay_of_any_epoch()
    {
        var voter = Voter();
        Hear(voter, "nobody", long.MaxValue);

        voter.Renew(M1, 3);
        Hear(voter, "nobody", 2);

        Assert.Equal(("m1", 3, false), (voter.State.Holder!.Node, voter.State.Holder.Epoch, voter.State.Holder.IsHearsay));
        Assert.Equal(3, voter.State.HighestSeen);
    }

    [Fact]
    public void News_of_a_successor_ends_the_wait_for_it_and_news_of_oneself_does_not()
    {
        var holder = Holder();
        holder.Give(new AuthorityInput.HandOver("m9"));

        Hear(holder, "m0", 1);
        Assert.NotNull(holder.State.Release);
        Hear(holder, "m9", 2);

        Assert.Null(holder.State.Release);
        holder.Advance(10);
        holder.Give(AuthorityInput.Tick.Instance);
        Assert.DoesNotContain(holder.Effects, effect => effect is AuthorityEffect.Say { Notice: AuthorityNotice.SuccessorMissing });
    }

    [Fact]
    public void Another_one_is_alive_for_a_lease_after_it_was_heard_of()
    {
        var voter = Voter();
        Assert.False(voter.State.HearsOfHolder(voter.Now));
        voter.Renew(M1, 3);

        Assert.True(voter.State.HearsOfHolder(voter.Now + Lease - TimeSpan.FromTicks(1)));
        Assert.False(voter.State.HearsOfHolder(voter.Now + Lease));
    }

    [Fact]
    public void Oneself_is_alive_as_long_as_one_may_act()
    {
        var holder = Holder();
        var until = holder.State.Holding!.ValidUntil!.Value;

        Assert.True(holder.State.HearsOfHolder(until - TimeSpan.FromTicks(1)));
        Assert.False(holder.State.HearsOfHolder(until));
    }
}
