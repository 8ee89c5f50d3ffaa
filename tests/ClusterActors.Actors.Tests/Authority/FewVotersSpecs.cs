using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>One voter waits for nobody; two stand still when one is gone.</summary>
public class FewVotersSpecs
{
    private static readonly VoterSet One = VoterSet.Create(["m0"], Lease);
    private static readonly VoterSet Two = VoterSet.Create(["m0", "m1"], Lease);

    private static Ballot Lone(long promised = 0) =>
        BallotOf("m0", promised) with { Voters = One, Table = Table("m0") };

    public class OneVoter
    {
        [Fact]
        public void Is_admitted_from_its_first_start_on_and_stands_at_once()
        {
            var node = new AuthorityDriver(voters: One);

            Assert.True(node.State.Voter!.Ballot.Admitted);
            Assert.IsType<AuthorityEffect.WriteBallot>(node.Effects[0]);
            Assert.Equal(1, node.State.Candidacy!.Epoch);
        }

        [Fact]
        public void Is_not_silent_after_a_start_and_stands_above_what_it_promised()
        {
            var node = new AuthorityDriver(voters: One, ballot: Lone(promised: 8));

            Assert.Equal(node.Now, node.State.Voter!.SilentUntil);
            Assert.Equal(9, node.State.Candidacy!.Epoch);
            Assert.Equal(node.Now + Lease, new AuthorityDriver(ballot: BallotOf("m0")).State.Voter!.SilentUntil);
        }

        [Fact]
        public void Holds_when_its_ballot_is_on_disk()
        {
            var node = new AuthorityDriver(voters: One, ballot: Lone());
            node.Answer("m0");
            node.Answer("m0");
            Assert.False(node.State.MayAct(node.Now));

            node.Acknowledge("m0");

            Assert.True(node.State.MayAct(node.Now));
        }

        [Fact]
        public void May_be_given_others_by_configuration_for_nobody_can_go_on_without_it()
        {
            var node = new AuthorityDriver(voters: Three, ballot: Lone(promised: 8));

            var ballot = node.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot;
            Assert.Equal((Three, 8, false), (ballot.Voters, ballot.Promised, ballot.Admitted));
            Assert.Equal(new Incarnation(1, "m0@1"), ballot.Table.Find("m0"));
            Assert.Equal(node.Now + Lease, node.State.Voter!.SilentUntil);
            Assert.DoesNotContain(node.Effects, effect => effect is AuthorityEffect.Say { Notice: AuthorityNotice.ConfigurationOverruled });
        }

        [Fact]
        public void Moved_among_others_is_admitted_when_they_know_it()
        {
            var node = new AuthorityDriver(voters: Three, ballot: Lone(promised: 8));
            node.Written();
            foreach (var other in (ManagerRun[])[M1, M2])
                node.Receive(new IncarnationMessage.Confirmed(other, Three.Id, "m0@1", new Incarnation(1, "m0@1")));

            Assert.True(node.Effects.OfType<AuthorityEffect.WriteBallot>().Single().Ballot.Admitted);
        }

        [Fact]
        public void Whose_ballot_is_damaged_does_not_vote_for_what_it_promised_is_not_known()
        {
            var node = new AuthorityDriver(voters: One, damaged: true);
            node.Written();
            node.Advance(Lease.TotalSeconds);
            node.Give(AuthorityInput.Tick.Instance);

            Assert.False(node.State.Voter!.Ballot.Admitted);
            Assert.Null(node.State.Candidacy);
        }

        [Fact]
        public void Whose_ballot_is_damaged_comes_back_by_force_and_not_by_readmission()
        {
            var node = new AuthorityDriver(voters: One, damaged: true);
            node.Written();

            node.Give(AuthorityInput.Readmit.Instance);
            Assert.Contains("that takes 1 other voters and there are 0; use force-authority", Refusal(node), StringComparison.Ordinal);
            node.Give(new AuthorityInput.Force(["m0"]));
            node.Written();

            Assert.True(node.State.Voter!.Ballot.Admitted);
            Assert.True(node.State.Voter.Ballot.Promised >= AuthoritySettings.ForcedEpochs);
        }
    }

    public class TwoVoters
    {
        [Fact]
        public void Elect_nobody_while_one_is_gone()
        {
            var node = Standing();

            node.Answer("m0");

            Assert.False(node.State.Candidacy!.Voting);
        }

        [Fact]
        public void Have_a_holder_when_both_acknowledge_it()
        {
            var node = Elected();
            node.Acknowledge("m0");
            Assert.False(node.State.MayAct(node.Now));

            node.Acknowledge("m1");

            Assert.True(node.State.MayAct(node.Now));
        }

        [Fact]
        public void Have_none_when_one_is_gone_for_longer_than_the_holder_may_act()
        {
            var node = Elected();
            node.Acknowledge("m0");
            node.Acknowledge("m1");
            for (var i = 0; i < 6; i++)
            {
                node.Advance(0.5);
                node.Give(AuthorityInput.Tick.Instance);
                if (node.State.Holding is not null)
                    node.Acknowledge("m0");
            }

            Assert.Null(node.State.Holding);
        }

        [Fact]
        public void Readmit_nobody()
        {
            var node = new AuthorityDriver(voters: Two);
            node.Written();

            node.Give(AuthorityInput.Readmit.Instance);

            Assert.Contains("that takes 2 other voters and there are 1; use force-authority", Refusal(node), StringComparison.Ordinal);
        }

        private static AuthorityDriver Standing()
        {
            var node = new AuthorityDriver(voters: Two, ballot: BallotOf("m0") with { Voters = Two, Table = Table("m0", "m1") });
            node.Advance(2 * Lease.TotalSeconds);
            node.Give(AuthorityInput.Tick.Instance);
            return node;
        }

        private static AuthorityDriver Elected()
        {
            var node = Standing();
            foreach (var voter in (string[])["m0", "m1", "m0", "m1"])
                node.Answer(voter);
            return node;
        }
    }

    private static string Refusal(AuthorityDriver node) => Assert.Single(node.Effects.OfType<AuthorityEffect.RefuseRequest>()).Reason;
}
