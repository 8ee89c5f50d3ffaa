using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Tests.Configuration;

public class ConfigurationSummarySpecs
{
    public class Describe
    {
        [Fact]
        public void Says_what_a_node_without_configuration_will_be() => Assert.Equal(
            [
                "Node box-9292 will be a managing server that serves clients too (clustersRole 3).",
                "It opens port 9090 on loopback only (127.0.0.1) for clients, who are told 127.0.0.1.",
                "It opens port 9292 on loopback only (127.0.0.1) for other servers and operators.",
                "It opens port 9393 on loopback only (127.0.0.1) for the other members of the Akka.Cluster.",
                "The managers it knows are 127.0.0.1:9292; it dials each that is not itself.",
                "Commands may bring it to 256 worker threads, 64 reader-writers and 64 business ports; a restart goes back to the configuration.",
                "Every setting has its default.",
            ],
            ConfigurationSummary.Describe(Loading.Sets()));

        [Fact]
        public void Says_that_a_worker_of_another_machine_cannot_be_reached_by_servers() => Assert.Equal(
            [
                "Node w will be an ordinary server (clustersRole 1): it serves clients and reports to its managers.",
                "It opens any free port, port 7071 on every address of this machine for clients, who are told 10.0.0.2.",
                "It opens port 9292 on loopback only (127.0.0.1) for other servers and operators.",
                "It is no member of an Akka.Cluster, since no other member could reach it (see the warning).",
                "The managers it knows are 10.0.0.1:9292; it dials each that is not itself.",
                "Commands may bring it to 256 worker threads, 64 reader-writers and 64 business ports; a restart goes back to the configuration.",
                "Warning: Others are told 10.0.0.2, but the ports for other servers are open on loopback only, so only this machine reaches them; "
                    + "security.insecure = on opens them to the network, for whoever is in it.",
                "Settings that differ from their defaults:",
                "node = w, default \"\" (--set node=w).",
                "host = 10.0.0.2, default 127.0.0.1 (--set host=10.0.0.2).",
                "port = [0, 7071], default [9090] (--set port=[0, 7071]).",
                "clustersRole = 1, default 3 (--set clustersRole=1).",
                "clustersServer = 10.0.0.1:9292, default [127.0.0.1:9292] (--set clustersServer=10.0.0.1:9292).",
            ],
            ConfigurationSummary.Describe(Loading.Sets(
                "node=w", "host=10.0.0.2", "port=[0, 7071]", "clustersRole=1", "clustersServer=10.0.0.1:9292")));

        [Fact]
        public void Says_that_a_lone_server_opens_no_cluster_port_and_dials_nobody() => Assert.Equal(
            [
                "Node box-9090 will be a lone business server (clustersSwitch 0): no fleet, no cluster port.",
                "It opens port 9090 on loopback only (127.0.0.1) for clients, who are told 127.0.0.1.",
                "It opens no cluster port.",
                "It dials nobody.",
            ],
            ConfigurationSummary.Describe(Loading.Sets("clustersSwitch=0")).Take(4));

        [Fact]
        public void Says_that_a_manager_may_be_alone_and_silent_to_clients() => Assert.Equal(
            [
                "Node box-9292 will be a managing server (clustersRole 2): it looks after others and does no business work.",
                "It opens no business port.",
                "It opens port 9292 on loopback only (127.0.0.1) for other servers and operators.",
                "It opens port 9393 on loopback only (127.0.0.1) for the other members of the Akka.Cluster.",
                "It knows no other manager and dials nobody.",
            ],
            ConfigurationSummary.Describe(Loading.Sets("clustersRole=2", "port=[]", "clustersServer=[]")).Take(5));

        [Fact]
        public void Says_that_a_server_is_known_by_its_links_alone() => Assert.Contains(
            "It is known by its links alone (akkaMember off): no member of an Akka.Cluster.",
            ConfigurationSummary.Describe(Loading.Sets("akkaMember=off")));

        [Fact]
        public void Says_how_far_commands_may_go_and_where_their_changes_are_kept() => Assert.Contains(
            "Commands may bring it to 300 worker threads, 65 reader-writers and 3 business ports; "
                + $"what they change is kept in {Path.Combine("/srv/data", "a%3A1")} and holds after a restart.",
            ConfigurationSummary.Describe(Loading.Sets(
                "node=a:1", "dataDirectory=/srv/data", "worker.maxThreads=300", "worker.maxReaderWriters=65", "worker.maxPorts=3", "worker.keepChanges=on")));

        [Theory]
        [InlineData("clustersSwitch=0")]
        [InlineData("clustersRole=2")]
        public void Says_nothing_of_commands_where_there_are_none(string set) => Assert.DoesNotContain(
            ConfigurationSummary.Describe(Loading.Sets(set)), line => line.StartsWith("Commands", StringComparison.Ordinal));
    }

    public class Warnings
    {
        [Theory]
        [InlineData("security.insecure is on", "security.insecure=on")]
        [InlineData("the ports for other servers are open on loopback only", "host=10.0.0.2")]
        [InlineData("No business port is configured", "port=[]")]
        [InlineData("give each its own node", "port=0", "clustersPort=0")]
        [InlineData("links.timeout (10s) is not longer than report.interval (1m)", "report.interval=1m")]
        [InlineData("Two servers vote on who may command", "clustersServer=127.0.0.1:9292,127.0.0.1:9293")]
        [InlineData("Two servers vote on who may command", "clustersWitness=127.0.0.1:9293")] // whatever they are
        [InlineData("4 servers vote on who may command, which survives no more failures than 3", "clustersServer=127.0.0.1:9292,127.0.0.1:9293,127.0.0.1:9294", "clustersWitness=127.0.0.1:9295")]
        public void Are_given_for_what_is_allowed_and_risky(string part, params string[] sets) =>
            Assert.Contains(part, Assert.Single(ConfigurationSummary.Warnings(Loading.Sets(sets))), StringComparison.Ordinal);

        [Theory]
        [InlineData("clustersSwitch=0", "host=10.0.0.2", "security.insecure=on")] // there is no cluster port
        [InlineData("node=web-0", "port=0", "clustersPort=0")] // an id of its own that happens to end so
        [InlineData("clustersRole=2", "report.interval=1m")] // a manager reports to nobody
        [InlineData("clustersPort=0")]
        [InlineData("clustersServer=127.0.0.1:9292,127.0.0.1:9293", "clustersWitness=127.0.0.1:9294")] // two managers and a third voter
        [InlineData("clustersSwitch=0", "clustersServer=127.0.0.1:9292,127.0.0.1:9293")] // nobody votes
        public void Are_not_given_for_what_is_harmless(params string[] sets) =>
            Assert.Empty(ConfigurationSummary.Warnings(Loading.Sets(sets)));
    }
}
