using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class VoterDeskSpecs
{
    [Fact]
    public void A_vote_leaves_when_it_is_on_disk_and_not_before()
    {
        var voter = Voter();

        voter.Receive(new VoterRequest.Vote(M1, Three.Id, 1, 4, null));
        var write = Assert.IsType<AuthorityEffect.WriteBallot>(Assert.Single(voter.Effects));
        Assert.Equal((4, M1), (write.Ballot.Promised, write.Ballot.VotedFor));

        voter.Give(new AuthorityInput.BallotWritten(write.Ticket));
        Assert.True(Assert.IsType<VoterReply>(Assert.Single(voter.Sent)).Granted);
    }

    [Fact]
    public void An_adopted_epoch_is_on_disk_before_the_acknowledgement_leaves()
    {
        var voter = Voter();

        voter.Receive(new VoterRequest.Renew(M1, Three.Id, 1, 4));

        Assert.Empty(voter.Sent);
        Assert.Equal(4, Assert.IsType<AuthorityEffect.WriteBallot>(Assert.Single(voter.Effects)).Ballot.Promised);
    }

    [Fact]
    public void A_renewal_of_the_promised_epoch_needs_no_disk()
    {
        var voter = Voter(promised: 4);

        voter.Receive(new VoterRequest.Renew(M1, Three.Id, 1, 4));

        Assert.IsType<AuthorityEffect.Send>(Assert.Single(voter.Effects));
    }

    [Fact]
    public void What_comes_while_it_writes_waits_and_is_judged_by_what_is_written()
    {
        var voter = Voter();
        voter.Receive(new VoterRequest.Vote(M1, Three.Id, 1, 4, null));
        var ticket = voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ticket;

        voter.Receive(new VoterRequest.Vote(M2, Three.Id, 2, 4, null));
        Assert.Empty(voter.Effects);

        voter.Give(new AuthorityInput.BallotWritten(ticket));
        Assert.Equal(
            [("m1#1", VoterRefusal.None), ("m2#1", VoterRefusal.Promised)],
            voter.Sent.Cast<VoterReply>().Select(reply => (reply.Run, reply.Refusal)));
    }

    [Fact]
    public void No_more_waits_than_there_is_room_for()
    {
        var voter = Voter();
        voter.Receive(new VoterRequest.Vote(M1, Three.Id, 1, 4, null));

        for (var i = 0; i < AuthoritySettings.MaxWaiting; i++)
        {
            voter.Receive(new VoterRequest.Renew(M1, Three.Id, i, 4));
            Assert.Empty(voter.Effects);
        }
        voter.Receive(new VoterRequest.Renew(M1, Three.Id, 99, 4));

        Assert.IsType<AuthorityNotice.Dropped>(Assert.IsType<AuthorityEffect.Say>(Assert.Single(voter.Effects)).Notice);
        Assert.Equal(AuthoritySettings.MaxWaiting, voter.State.Voter!.Waiting.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)] // it got there all the same
    public void When_writing_fails_nothing_is_said_and_the_file_counts(long onDisk)
    {
        var voter = Voter();
        voter.Receive(new VoterRequest.Vote(M1, Three.Id, 1, 4, null));
        var ticket = voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ticket;

        voter.Give(new AuthorityInput.BallotFailed(ticket, BallotOf("m0", onDisk)));

        Assert.Empty(voter.Sent);
        Assert.Equal(onDisk, voter.State.Voter!.Ballot.Promised);
    }

    [Fact]
    public void When_the_file_is_gone_after_a_failure_it_begins_anew_and_does_not_vote()
    {
        var voter = Voter();
        voter.Receive(new VoterRequest.Vote(M1, Three.Id, 1, 4, null));
        var ticket = voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ticket;

        voter.Give(new AuthorityInput.BallotFailed(ticket, null));
        var fresh = voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot;
        Assert.False(fresh.Admitted);
        Assert.NotEqual("m0@1", fresh.Incarnation);

        voter.Written();
        voter.Advance(10);
        Assert.Equal(VoterRefusal.NotAdmitted, voter.Vote(M1, 5).Refusal);
    }

    [Fact]
    public void The_end_of_a_write_that_was_given_up_means_nothing()
    {
        var voter = Voter();
        voter.Receive(new VoterRequest.Vote(M1, Three.Id, 1, 4, null));
        var ticket = voter.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ticket;

        voter.Give(new AuthorityInput.BallotWritten(ticket - 1));
        voter.Give(new AuthorityInput.BallotFailed(ticket - 1, null));
        Assert.Empty(voter.Effects);

        voter.Give(new AuthorityInput.BallotWritten(ticket));
        voter.Give(new AuthorityInput.BallotWritten(ticket));
        Assert.Empty(voter.Effects);
    }
}
