using System.Collections.Immutable;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Tests.Authority;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Manager;

public class HolderViewsSpecs
{
    private readonly SetClock _clock = new();
    private readonly AuthorityGate _gate;

    public HolderViewsSpecs() => _gate = new AuthorityGate(_clock);

    private void Publish(AuthorityDriver node, params KnownServer[] servers)
    {
        _clock.Now = node.Now;
        _gate.Publish(new AuthoritySnapshot(node.State, "n0", servers.ToImmutableDictionary(server => server.Standing.Address)));
    }

    [Fact]
    public void Before_the_node_takes_part_nothing_is_known() =>
        Assert.Equal(("", 0L, ManagerQueries.HolderView.None), HolderViews.Of(_gate));

    [Fact]
    public void The_holder_is_shown_with_its_id_its_epoch_and_since_when()
    {
        var holder = Holder();
        Publish(holder);
        _clock.Now += TimeSpan.FromMilliseconds(1500);

        var (node, epoch, view) = HolderViews.Of(_gate);

        Assert.Equal(("n0", 1, "m0", 1500, null), (node, epoch, view.Address, view.SinceMs, view.Why));
    }

    [Fact]
    public void A_holder_that_may_not_act_any_more_is_none_and_the_reason_is_given()
    {
        var holder = Holder();
        Publish(holder);
        _clock.Now = holder.State.Holding!.ValidUntil!.Value;

        var (node, epoch, view) = HolderViews.Of(_gate);

        Assert.Equal(("", 1L, null), (node, epoch, view.Address));
        Assert.StartsWith("1 of 3 voters can be reached", view.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_one_is_shown_for_a_lease_after_it_was_heard_of()
    {
        var voter = Voter();
        voter.Renew(M1, 3);
        Publish(voter, Server("m1", voter.Now));

        Assert.Equal(("n1", 3L), HolderViews.Of(_gate) is var (node, epoch, _) ? (node, epoch) : default);
        _clock.Now += AuthorityDriver.Lease;
        Assert.Equal(("", 3L), HolderViews.Of(_gate) is var (gone, last, _) ? (gone, last) : default);
    }

    [Fact]
    public void Every_voter_is_shown_as_it_told_of_itself()
    {
        var voter = Voter(promised: 3);
        voter.Renew(M1, 3);
        Publish(voter, Server("m1", voter.Now, new VoterReport(3, true, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), "m1", 3)), Server("m7", voter.Now));
        _clock.Now += TimeSpan.FromSeconds(2);

        var voters = HolderViews.Of(_gate).View.Voters;

        Assert.Equal(
            [
                new VoterView("m0") { Node = "n0", Linked = true, Seen = 0, Promised = 3, Admitted = true, Silent = 0, Lease = 3000, Holder = "m1", Epoch = 3 },
                // Since it told, its silence has ended and its lease has gone on.
                new VoterView("m1") { Node = "n1", Linked = true, Seen = 2000, Promised = 3, Admitted = true, Silent = 0, Lease = 2000, Holder = "m1", Epoch = 3 },
                new VoterView("m2"), // never heard of
            ],
            voters.AsEnumerable());
    }

    [Fact]
    public void A_voter_that_is_lost_stays_in_view_with_when_it_was_seen()
    {
        var voter = Voter();
        Publish(voter, Server("m1", voter.Now) with { IsLinked = false });
        _clock.Now += TimeSpan.FromSeconds(7);

        Assert.Equal(new VoterView("m1") { Node = "n1", Linked = false, Seen = 7000 }, HolderViews.Of(_gate).View.Voters[1]);
    }

    private static KnownServer Server(string name, TimeSpan at, VoterReport? voter = null) =>
        new(new VoterStanding(name, $"{name}#1", Three.Id, name.Replace('m', 'n'), 2, 0, voter), at, IsLinked: true);
}
