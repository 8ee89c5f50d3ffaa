using Akka.Actor;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Gateway;
using ClusterActors.TestSupport;
using static ClusterActors.Actors.Manager.ManagerEvents;

namespace ClusterActors.Actors.Tests.Membership;

public static class MembershipActorSpecs
{
    public class A_node_in_no_cluster : MembershipKit
    {
        [Fact]
        public async Task Asks_again_and_again_and_knows_nobody()
        {
            for (var i = 0; i < 2; i++)
                Assert.Empty((await Gateway.ExpectMsgAsync<GatewayCommands.AskCluster>(Eventually.Limit)).Known);
            Assert.Empty(Published.Current.Members);
            Assert.False(Published.Current.Forming);
        }

        [Fact]
        public async Task Forms_one_when_it_holds_authority_and_tells_its_manager()
        {
            Duty.Begin();

            await Form();

            await Hears(new MemberReachable("self"));
            Assert.Equal([Self], Published.Current.Members);
        }

        [Fact]
        public async Task Says_that_it_may_form_one_while_it_waits()
        {
            Hold();

            await Eventually.HoldsAsync(() => Published.Current.Forming, "it says so");
        }

        [Fact]
        public async Task Joins_the_one_that_a_manager_names()
        {
            var other = Akka.Cluster.Cluster.Get(Another("other"));
            other.Join(other.SelfAddress);
            Duty.Begin();

            Membership.Tell(new GatewayEvents.ClusterAnswered(new HostAndPort("10.0.0.1", 9292), [other.SelfAddress.ToString()], Forming: false));

            await Hears(new MemberReachable("self"));
            Assert.Equal(2, Published.Current.Members.Count);
        }

        [Fact]
        public async Task Joins_the_one_that_a_server_tells()
        {
            var other = Akka.Cluster.Cluster.Get(Another("other"));
            other.Join(other.SelfAddress);

            Membership.Tell(new GatewayEvents.ClusterTold(new LinkId(7), [other.SelfAddress.ToString()]));

            await Eventually.HoldsAsync(() => Published.Current.Members.Count == 2, "it is in the other's cluster");
        }
    }

    public class A_member : MembershipKit
    {
        [Fact]
        public async Task Hears_of_one_that_comes_and_of_one_that_leaves()
        {
            Duty.Begin();
            await Form();
            var other = Akka.Cluster.Cluster.Get(Another("other"));

            other.Join(Akka.Cluster.Cluster.Get(Sys).SelfAddress);
            await Hears(new MemberReachable("other"));
            other.Leave(other.SelfAddress);

            await Hears(new MemberLeaving("other"));
            await Hears(new MemberGone("other"));
            Assert.Equal([Self], Published.Current.Members);
        }

        [Fact]
        public async Task Hears_of_one_that_is_silent_and_no_longer_names_it()
        {
            Duty.Begin();
            await Form();
            var system = Another("other");
            Akka.Cluster.Cluster.Get(system).Join(Akka.Cluster.Cluster.Get(Sys).SelfAddress);
            await Hears(new MemberReachable("other"));

            await system.Terminate();

            await Hears(new MemberUnreachable("other"));
            Assert.Equal([Self], Published.Current.Members);
        }

        [Fact]
        public async Task Tells_a_manager_that_begins_later_of_every_member()
        {
            await Form();
            Akka.Cluster.Cluster.Get(Another("other")).Join(Akka.Cluster.Cluster.Get(Sys).SelfAddress);
            await Eventually.HoldsAsync(() => Published.Current.Members.Count == 2, "both are members");

            Duty.Begin();

            await Hears(new MemberReachable("other"));
        }

        [Fact]
        public async Task Tells_whom_it_asks_which_cluster_it_is_in()
        {
            await Form();

            await Gateway.FishForMessageAsync(
                message => message is GatewayCommands.AskCluster { Known: [var known] } && known == Self, Eventually.Limit);
        }

        [Fact]
        public async Task Ends_its_actor_system_when_its_cluster_gives_way_to_a_larger_one()
        {
            await Form();
            string[] larger = ["akka.tcp://fleet@127.0.0.1:1", "akka.tcp://fleet@127.0.0.1:2"];

            await EventFilter.Warning(contains: "the fleet has two Akka.Clusters").ExpectOneAsync(async () =>
            {
                for (var i = 0; i <= 30; i++)
                {
                    Membership.Tell(new GatewayEvents.ClusterTold(new LinkId(7), larger));
                    Membership.Tell(new Identify(i), TestActor);
                    await ExpectMsgAsync<ActorIdentity>();
                    Advance(1);
                }
            });

            await Sys.WhenTerminated.WaitAsync(Eventually.Limit);
        }
    }
}
