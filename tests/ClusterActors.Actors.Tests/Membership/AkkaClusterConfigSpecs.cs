using ClusterActors.Actors.Membership;
using ClusterActors.Actors.Tests.Configuration;

namespace ClusterActors.Actors.Tests.Membership;

public class AkkaClusterConfigSpecs
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "host=\"::1\"")]
    [InlineData("::", "host=10.0.0.7", "security.insecure=on")]
    public void The_port_is_open_where_the_cluster_port_is(string address, params string[] sets)
    {
        var tcp = AkkaClusterConfig.Of(Loading.Sets([.. sets.Where(set => set.Contains('=', StringComparison.Ordinal))])).GetConfig("akka.remote.dot-netty.tcp");

        Assert.Equal(System.Net.Sockets.Socket.OSSupportsIPv6 || address != "::" ? address : "0.0.0.0", tcp.GetString("hostname"));
        Assert.Equal(9393, tcp.GetInt("port"));
    }

    [Fact]
    public void Others_are_told_the_host() => Assert.Equal(
        "box.example.org",
        AkkaClusterConfig.Of(Loading.Sets("host=box.example.org", "akkaPort=0")).GetString("akka.remote.dot-netty.tcp.public-hostname"));

    [Theory]
    [InlineData(true, "node=a")]
    [InlineData(true, "host=10.0.0.7", "security.insecure=on")]
    [InlineData(true, "host=10.0.0.7", "clustersHost=127.0.0.1")]
    [InlineData(false, "clustersHost=10.0.0.7")]
    [InlineData(false, "host=10.0.0.7")] // told an address where its port is not open
    [InlineData(false, "akkaMember=off")]
    [InlineData(false, "clustersSwitch=0")]
    public void Only_a_server_that_the_others_can_reach_joins(bool joins, params string[] sets) =>
        Assert.Equal(joins, Loading.Sets(sets).JoinsAkkaCluster);

    [Fact]
    public void A_member_carries_its_node_id_and_its_role()
    {
        var roles = AkkaClusterConfig.Of(Loading.Sets("node=a:1", "clustersRole=2")).GetStringList("akka.cluster.roles");

        Assert.Equal(["node:a:1", "role:2"], roles);
        Assert.Equal("a:1", AkkaClusterConfig.NodeOf(roles));
    }

    [Fact]
    public void A_member_of_another_program_has_no_node_id() => Assert.Null(AkkaClusterConfig.NodeOf(["role:1", "nodes"]));

    [Fact]
    public void The_larger_part_of_a_split_cluster_lives_on_whatever_its_roles_are()
    {
        var cluster = AkkaClusterConfig.Of(Loading.Sets()).GetConfig("akka.cluster");

        Assert.Equal("Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster", cluster.GetString("downing-provider-class"));
        Assert.Equal("keep-majority", cluster.GetString("split-brain-resolver.active-strategy"));
        Assert.False(cluster.HasPath("split-brain-resolver.keep-majority.role"));
        Assert.False(cluster.GetBoolean("split-brain-resolver.down-all-when-unstable"));
        Assert.Equal(TimeSpan.FromSeconds(15), cluster.GetTimeSpan("split-brain-resolver.stable-after"));
        Assert.Equal(TimeSpan.FromSeconds(6), cluster.GetTimeSpan("failure-detector.acceptable-heartbeat-pause"));
        Assert.Equal(TimeSpan.FromSeconds(2), cluster.GetTimeSpan("retry-unsuccessful-join-after"));
    }
}
