using System.Collections.Immutable;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class NoHolderSpecs
{
    private static KnownServer Server(string name, bool linked = true, bool? admitted = true) => new(
        new VoterStanding(name, $"{name}#1", Three.Id, name.Replace('m', 'n'), 2, 0, admitted is { } votes ? new VoterReport(0, votes, default, default, null, 0) : null),
        TimeSpan.Zero,
        linked);

    private static string Why(AuthorityDriver node, params KnownServer[] servers) => NoHolder.Why(
        new AuthoritySnapshot(node.State, "n0", servers.ToImmutableDictionary(server => server.Standing.Address)), node.Now);

    [Fact]
    public void Voters_that_cannot_be_reached_are_named_as_far_as_their_ids_are_known() =>
        Assert.Equal(
            "1 of 3 voters can be reached and 2 are needed; n1, m2 cannot be reached (force-authority, if gone for good)",
            Why(Voter(rank: 0), Server("m1", linked: false)));

    [Fact]
    public void A_node_that_does_not_vote_counts_only_the_others() =>
        Assert.StartsWith("1 of 3 voters can be reached", Why(new AuthorityDriver(new ManagerRun("w0", "w0#1"), rank: null), Server("m1")), StringComparison.Ordinal);

    [Fact]
    public void Voters_that_may_not_vote_are_named_with_what_to_do() =>
        Assert.Equal(
            "n1, n2 may not vote: its ballot is new and not known to every other voter yet, or was lost (readmit)",
            Why(Voter(rank: 0), Server("m1", admitted: false), Server("m2", admitted: null)));

    [Fact]
    public void Its_own_ballot_counts_too()
    {
        var node = new AuthorityDriver(ballot: BallotOf("m0", admitted: false));

        Assert.StartsWith("n0, n1 may not vote", Why(node, Server("m1", admitted: false), Server("m2")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_minority_that_may_not_vote_is_no_reason() =>
        Assert.Equal("an election is due", Why(Voter(), Server("m1"), Server("m2", admitted: false)));

    [Fact]
    public void An_election_is_under_way()
    {
        var node = Voter(promised: 4, rank: 0);
        node.Give(AuthorityInput.TakeOver.Instance);

        Assert.Equal("n0 is standing for election at epoch 5", Why(node, Server("m1")));
    }

    [Fact]
    public void The_voters_started_lately()
    {
        var node = new AuthorityDriver(ballot: BallotOf("m0"), rank: null);
        node.Advance(3.5);

        Assert.Equal("the voters started lately and wait for leases granted before, 1.5 s more", Why(node, Server("m1")));
    }

    [Fact]
    public void The_lease_of_the_last_one_has_not_ended()
    {
        var node = Voter();
        node.Renew(M1, 3);
        node.Advance(1);

        Assert.Equal("the lease of n1 has 4 s to go", Why(node, Server("m1")));
        node.Advance(4);
        Assert.Equal("an election is due", Why(node, Server("m1")));
    }
}
