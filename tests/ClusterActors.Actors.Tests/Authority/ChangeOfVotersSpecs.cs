using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class ChangeOfVotersSpecs
{
    private static readonly VoterSet Newer = VoterSet.Create(["m0", "m1", "m3"], Lease * 2, 1);

    [Fact]
    public void Another_set_of_the_same_version_is_refused_and_changes_nothing()
    {
        var voter = Voter();
        var before = voter.State.Voter;
        var other = VoterSet.Create(["m0", "m1", "m9"], Lease);

        voter.Receive(new VoterRequest.Vote(M1, other.Id, 1, 5, null));

        Assert.Equal(VoterRefusal.OtherVoters, Assert.IsType<VoterReply>(Assert.Single(voter.Sent)).Refusal);
        Assert.Contains(voter.Effects, effect => effect is AuthorityEffect.Say { Notice: AuthorityNotice.OtherVoters { Node: "m1" } });
        Assert.Same(before, voter.State.Voter);
    }

    [Fact]
    public void A_newer_set_is_asked_for_and_on_disk_before_anything_is_answered_by_it()
    {
        var voter = Voter();
        voter.Receive(new VoterRequest.Vote(M1, Newer.Id, 1, 5, null));
        Assert.IsType<VoterSetMessage.Ask>(Assert.Single(voter.Sent));

        voter.Receive(new VoterSetMessage.Told(M1, Newer));
        var ballot = voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot;
        Assert.Equal((Newer, Lease * 2), (ballot.Voters, ballot.LongestLease));
        voter.Receive(new VoterRequest.Vote(M1, Newer.Id, 1, 5, null));
        Assert.Empty(voter.Sent);
    }

    [Fact]
    public void Who_goes_by_an_older_set_is_told_the_newer_one()
    {
        var voter = new AuthorityDriver(ballot: BallotOf("m0") with { Voters = Newer }, rank: null);
        Assert.Equal(Newer, voter.State.Voters);
        voter.Written();

        voter.Receive(new VoterRequest.Renew(M2, Three.Id, 1, 5));

        Assert.Equal(Newer, Assert.IsType<VoterSetMessage.Told>(Assert.Single(voter.Sent)).Voters);
        Assert.Equal(0, voter.State.Voter!.Ballot.Promised);
    }

    [Fact]
    public void The_voters_on_disk_go_before_the_configured_ones_and_that_is_said()
    {
        var voter = new AuthorityDriver(voters: VoterSet.Create(["m0", "m1", "m9"], Lease), ballot: BallotOf("m0"));

        Assert.Equal(Three, voter.State.Voters);
        Assert.Contains(voter.Effects, effect => effect is AuthorityEffect.Say { Notice: AuthorityNotice.ConfigurationOverruled });
        Assert.Empty(new AuthorityDriver(ballot: BallotOf("m0")).Effects);
    }

    [Fact]
    public void An_older_set_never_comes_back()
    {
        var voter = new AuthorityDriver(ballot: BallotOf("m0") with { Voters = Newer }, rank: null);
        voter.Written();

        voter.Receive(new VoterSetMessage.Told(M2, Three));

        Assert.Empty(voter.Effects);
        Assert.Equal(Newer, voter.State.Voters);
    }

    [Fact]
    public void What_was_won_with_the_voters_before_ends_at_once()
    {
        var holder = Holder("w0");

        holder.Receive(new VoterSetMessage.Told(M1, Newer));

        Assert.Null(holder.State.Holding);
        Assert.Equal(Lease * 2, holder.State.Settings.Lease);
    }

    [Fact]
    public void A_node_that_a_newer_set_names_becomes_a_voter_and_has_to_be_admitted()
    {
        var node = new AuthorityDriver(new ManagerRun("m3", "m3#1"), rank: null);
        Assert.Null(node.State.Voter);

        node.Receive(new VoterSetMessage.Told(M1, Newer));
        node.Written();

        Assert.False(node.State.Voter!.Ballot.Admitted);
        Assert.Equal(2, node.Sent.OfType<IncarnationMessage.Confirm>().Count());
    }

    [Fact]
    public void One_that_does_not_vote_goes_by_what_a_voter_says_rather_than_by_its_configuration()
    {
        var worker = Misconfigured();

        worker.Receive(new WorkerRequest.Take(M1, Three.Id, 1, 4));
        Assert.Contains(worker.Sent, sent => sent is VoterSetMessage.Ask);
        worker.Receive(new VoterSetMessage.Told(M1, Three));

        Assert.Equal(Three.Id, worker.State.Voters.Id);
        Assert.Null(worker.State.Voter);
        Assert.DoesNotContain(worker.Effects, effect => effect is AuthorityEffect.WriteBallot);
    }

    [Fact]
    public void It_believes_that_of_a_voter_of_that_set_only()
    {
        var worker = Misconfigured();
        var before = worker.State.Voters.Id;

        worker.Receive(new VoterSetMessage.Told(new ManagerRun("m9", "m9#1"), Three));

        Assert.Equal(before, worker.State.Voters.Id);
    }

    [Fact]
    public void A_voter_believes_nobody_that_has_another_set_of_the_same_version()
    {
        var voter = Voter();

        voter.Receive(new VoterSetMessage.Told(M1, VoterSet.Create(["m0", "m1", "m9"], Lease)));

        Assert.Equal(Three.Id, voter.State.Voters.Id);
        Assert.Empty(voter.Effects);
    }

    private static AuthorityDriver Misconfigured() => new(
        new ManagerRun("w0", "w0#1"), rank: null, isWorker: true, fence: new Fence(3, M1), voters: VoterSet.Create(["m0", "m1"], Lease));

    [Fact]
    public void A_worker_obeys_by_the_epoch_whatever_voters_it_knows()
    {
        var worker = new AuthorityDriver(new ManagerRun("w0", "w0#1"), rank: null, isWorker: true, fence: new Fence(3, M1));

        Assert.Equal(FenceVerdict.Accepted, worker.Reply<WorkerReply>(new WorkerRequest.Take(M1, Newer.Id, 1, 4)).Verdict);
    }

    [Fact]
    public void When_the_newer_set_does_not_get_onto_the_disk_the_older_one_stays()
    {
        var voter = Voter();
        voter.Receive(new VoterSetMessage.Told(M1, Newer));
        var write = voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single();

        voter.Give(new AuthorityInput.BallotFailed(write.Ticket, BallotOf("m0")));

        Assert.Equal(Three.Id, voter.State.Voters.Id);
        Assert.Equal(Lease, voter.State.Settings.Lease);
    }
}
