using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class ForcedAuthoritySpecs
{
    private const int Million = 1 << 20;

    [Fact]
    public void The_version_and_the_epoch_jump_by_chance_and_are_on_disk_first()
    {
        var voter = Voter(promised: 40, rank: 0);

        voter.Give(new AuthorityInput.Force(["m0"]));

        var ballot = voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot;
        Assert.Equal("m0", Assert.Single(ballot.Voters.Voters));
        Assert.InRange(ballot.Voters.Id.Version, 1, Million);
        Assert.InRange(ballot.Promised, 1040, 1040 + Million);
        Assert.True(ballot.Admitted);
        Assert.Empty(voter.Sent);
    }

    [Fact]
    public void It_is_silent_for_the_longest_lease_and_then_elected_as_usual()
    {
        var voter = Voter(promised: 40, rank: 0);
        voter.Give(new AuthorityInput.Force(["m0"]));
        voter.Written();
        var promised = voter.State.Voter!.Ballot.Promised;

        Assert.Equal(voter.Now + Lease, voter.State.Voter.SilentUntil);
        Assert.True(Election.StandsAt(voter.State) >= voter.Now + Lease);
        voter.Advance(2 * Lease.TotalSeconds);
        voter.Give(AuthorityInput.Tick.Instance);
        Assert.Equal(promised + 1, Assert.IsType<VoterRequest.PreVote>(Assert.Single(voter.Sent)).Epoch);
    }

    [Fact]
    public void The_other_survivors_take_the_voters_over_and_need_not_be_told_by_hand()
    {
        var voter = Voter(promised: 40, rank: 0);
        voter.Give(new AuthorityInput.Force(["m0", "m1", "m5"]));
        voter.Written();

        voter.Receive(new VoterRequest.Renew(M1, Three.Id, 1, 40));

        Assert.Equal(voter.State.Voters, Assert.IsType<VoterSetMessage.Told>(Assert.Single(voter.Sent)).Voters);
    }

    [Fact]
    public void A_holder_that_is_forced_holds_nothing_any_more()
    {
        var holder = Holder();

        holder.Give(new AuthorityInput.Force(["m0"]));

        Assert.Null(holder.State.Holding);
    }

    [Theory]
    [InlineData("m0,m1,m2,m3,m4,m5,m6,m7", "there must be 1 to 7 different ones")]
    [InlineData("m0,m1,m1", "there must be 1 to 7 different ones")]
    [InlineData("m1", "m0 must be one of them")]
    public void Voters_that_cannot_be_are_refused(string voters, string reason)
    {
        var voter = Voter();

        voter.Give(new AuthorityInput.Force([.. voters.Split(',')]));

        Assert.Contains(reason, Assert.Single(voter.Effects.OfType<AuthorityEffect.RefuseRequest>()).Reason, StringComparison.Ordinal);
        Assert.Equal(Three, voter.State.Voters);
    }

    [Fact]
    public void Two_halves_that_are_forced_at_once_do_not_meet()
    {
        var one = Forced("m0", 1);
        var other = Forced("m1", 2);

        Assert.NotEqual(one.Voters.Id.Version, other.Voters.Id.Version);
        Assert.NotEqual(one.Promised, other.Promised);
    }

    private static Ballot Forced(string node, ulong seed)
    {
        var voter = new AuthorityDriver(new ManagerRun(node, $"{node}#1"), ballot: BallotOf(node), seed: seed);
        voter.Give(new AuthorityInput.Force(["m0", "m1", "m2"]));
        return voter.State.Voter!.Ballot;
    }
}
