using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Nodes as real processes find each other in one Akka.Cluster, and come back to it after every failure.</summary>
public static class AkkaClusterSpecs
{
    public class AManagerAndTwoWorkers
    {
        [Fact]
        public async Task Are_one_cluster_and_stay_one_through_a_death_a_goodbye_and_a_restart_of_the_manager()
        {
            await using var fleet = new AkkaFleet("m", "w1", "w2");
            await fleet.StartAllAsync();
            await fleet.SeesAsync("m", "w1", MemberState.Up);
            await fleet.SeesAsync("m", "w2", MemberState.Up);

            // Killed, and back at the same address within a second.
            await fleet.KillAsync("w1");
            fleet.Start("w1");
            await fleet.WritesAsync("w1", $"member w1 at akka.tcp://cluster-actors@127.0.0.1:{fleet.AkkaPortOf("w1")} is Up");
            await fleet.SeesAsync("m", "w1", MemberState.Up);

            // A goodbye leaves nobody behind who cannot be reached.
            fleet["w2"].Send(Signal.Terminate);
            Assert.Equal(0, await fleet["w2"].EndAsync());
            Assert.Equal(ServerState.Gone, (await fleet.SeesAsync("m", "w2", MemberState.None)).State);
            Assert.DoesNotContain("member w2 at", Lines(fleet["m"], "cannot be reached"), StringComparison.Ordinal);

            // The only manager comes back alone: it must hear of the cluster from its worker, and form none.
            await fleet.KillAsync("m");
            fleet.Start("m");
            await fleet.SeesAsync("m", "w1", MemberState.Up);
            Assert.Equal(0, fleet.Formed);
            Assert.DoesNotContain("has ended", fleet["w1"].Output, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Mark_one_that_was_killed()
        {
            await using var fleet = new AkkaFleet("m", "w1", "w2");
            await fleet.StartAllAsync();
            await fleet.SeesAsync("m", "w1", MemberState.Up);
            await fleet.SeesAsync("m", "w2", MemberState.Up);

            await fleet.KillAsync("w2");

            Assert.Equal(ServerState.Unreachable, (await fleet.SeesAsync("m", "w2", MemberState.Unreachable)).State);
            Assert.Equal(MemberState.Up, (await fleet.LookAsync("m", "w1"))!.Member);
        }

        private static string Lines(NodeProcess node, string part) =>
            string.Join('\n', node.Output.Split('\n').Where(line => line.Contains(part, StringComparison.Ordinal)));
    }

    public class FiveNodes
    {
        [Fact]
        public async Task That_are_all_killed_and_started_at_once_end_in_one_cluster()
        {
            string[] managers = ["b1", "b2", "b3"];
            string[] all = [.. managers, "w1", "w2"];
            await using var fleet = new AkkaFleet(all);
            await fleet.StartAllAsync();
            await AreOneAsync();

            await Task.WhenAll(all.Select(fleet.KillAsync));
            await fleet.StartAllAsync();

            await AreOneAsync();

            async Task AreOneAsync()
            {
                foreach (var manager in managers)
                {
                    foreach (var node in all)
                        await fleet.SeesAsync(manager, node, MemberState.Up);
                }

                Assert.Equal(1, fleet.Formed);
            }
        }
    }

    public class AWorkerThatWasPutOut
    {
        [Fact]
        public async Task Starts_anew_in_the_same_process_serves_clients_again_and_rejoins()
        {
            await using var fleet = new AkkaFleet("m", "w1");
            await fleet.StartAllAsync();
            await fleet.SeesAsync("m", "w1", MemberState.Up);
            var process = fleet["w1"].Id;

            await PutOutAsync(fleet, "w1");

            await fleet.WritesAsync("w1", "node w1 has ended: it was put out of the Akka.Cluster; starting anew in 1 s");
            await Eventually.HoldsAsync(() => Count(fleet["w1"].Output, "ready: node w1") == 2, "the worker is ready a second time");
            Assert.Equal(process, fleet["w1"].Id);
            using (var client = new TcpClient())
                await client.ConnectAsync("127.0.0.1", fleet.BusinessPortOf("w1"));
            await Eventually.HoldsAsync(() => Count(fleet["w1"].Output, "member w1 at") >= 2, "it is a member a second time");
            Assert.Equal(ServerState.Up, (await fleet.SeesAsync("m", "w1", MemberState.Up)).State);

            fleet["w1"].Send(Signal.Terminate);
            Assert.Equal(0, await fleet["w1"].EndAsync());
        }

        /// <summary>A member of the test's own joins the cluster and puts the node out, which is what the members do with one that is silent for long.</summary>
        private static async Task PutOutAsync(AkkaFleet fleet, string node)
        {
            using var system = ActorSystem.Create("cluster-actors", ConfigurationFactory.ParseString(
                """
                akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster, remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 } }
                akka.coordinated-shutdown { exit-clr = off, run-by-clr-shutdown-hook = off }
                akka.cluster.downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
                """));
            var cluster = Akka.Cluster.Cluster.Get(system);
            await cluster.JoinSeedNodesAsync([AddressOf(fleet, "m")]).WaitAsync(Eventually.Limit);
            cluster.Down(AddressOf(fleet, node));
            await fleet.WritesAsync(node, "has ended");
            await cluster.LeaveAsync().WaitAsync(Eventually.Limit);
            await system.Terminate().WaitAsync(Eventually.Limit);
        }

        private static Address AddressOf(AkkaFleet fleet, string node) =>
            Address.Parse($"akka.tcp://cluster-actors@127.0.0.1:{fleet.AkkaPortOf(node)}");

        private static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    public class AWorkerThatStaysOut
    {
        [Fact]
        public async Task Is_known_by_its_link_alone()
        {
            await using var fleet = new AkkaFleet("m", "w1");
            fleet.Start("m");
            fleet.Start("w1", "akkaMember=off");
            await NodeProcess.ReadyAsync(fleet["w1"]);
            Assert.Equal(0, fleet["w1"].AkkaPort);

            await Fleet.SeesAsync(fleet.AddressOf("m"), "w1", ServerState.Up);
            await fleet.WritesAsync("m", "member m at");

            var seen = await fleet.LookAsync("m", "w1");
            Assert.Equal((ServerState.Up, MemberState.None), (seen!.State, seen.Member));
            await Fleet.HoldsAsync(async () => (await Fleet.AllocateAsync(fleet.AddressOf("m"))).Node == "w1", () => "clients are sent to it");
        }
    }

    public class APortThatIsInUse
    {
        [Fact]
        public async Task Ends_the_start_with_3_and_a_sentence()
        {
            await using var first = await NodeProcess.RunManagerAsync();
            await using var second = NodeProcess.Start(
                "run", "--set", "node=second", "--set", "port=[0]", "--set", "clustersPort=0", "--set", $"akkaPort={first.AkkaPort}");

            Assert.Equal(3, await second.EndAsync());
            await Eventually.HoldsAsync(
                () => second.Output.Contains($"cannot listen on 127.0.0.1:{first.AkkaPort} (akkaPort): the port is in use", StringComparison.Ordinal),
                "the sentence is written");
            Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        }
    }
}
