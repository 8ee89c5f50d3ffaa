using System.Net;
using Akka.Configuration;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Tests.Configuration;

public class NodeSettingsSpecs
{
    public class FromAnAkkaConfiguration
    {
        [Fact]
        public void Sections_of_both_layers_are_read_over_the_defaults()
        {
            var config = ConfigurationFactory.ParseString("clusterActors { node = a, port = [1, 2] }")
                .WithFallback(ConfigurationFactory.ParseString("clusterActors { node = b\n worker { threads = 7 } }\n akka { }"));

            var settings = NodeSettings.Create(config, "code");

            Assert.Equal("a", settings.Node);
            Assert.Equal([1, 2], settings.Ports);
            Assert.Equal(7, settings.Worker.Threads);
            Assert.Equal(9292, settings.ClustersPort);
        }

        [Fact]
        public void An_empty_one_gives_the_defaults() => Assert.Equal(9292, NodeSettings.Create(Config.Empty, "code").ClustersPort);

        [Fact]
        public void Mistakes_carry_the_name_the_caller_gave()
        {
            var config = ConfigurationFactory.ParseString("clusterActors { worker { threads = 9999 } }\n other { a = 1 }");

            Assert.Equal(
                [
                    "code: other: this section is unknown; allowed is clusterActors { ... } and akka { ... }.",
                    "code: clusterActors.worker.threads = 9999: it is out of range; allowed is a whole number from 0 to 1024.",
                ],
                Loading.Errors(() => NodeSettings.Create(config, "code")).Select(error => error.Sentence));
        }

        [Fact]
        public void A_substitution_that_contains_itself_is_a_mistake()
        {
            var config = ConfigurationFactory.ParseString("clusterActors { node = ${?NODE} }");

            Assert.Contains(
                "a substitution contains itself",
                Assert.Single(Loading.Errors(() => NodeSettings.Create(config, "code"))).Sentence,
                StringComparison.Ordinal);
        }
    }

    public class TheDefaultId
    {
        [Theory]
        [InlineData("box", "box-9292")]
        [InlineData("my box's", "my-box-s-9292")] // only characters an id may have
        [InlineData("a234567890123456789012345678901234567890123456789012345678901234", "a2345678901234567890123456789012345678901234567890123456789-9292")] // 64 at most
        public void Is_made_of_the_machine_and_the_cluster_port(string machine, string node) =>
            Assert.Equal(node, ConfigurationLoader.Load(null, [], _ => null, machine).Settings.Node);

        [Fact]
        public void Takes_the_business_port_where_the_cluster_port_is_any_free_one() =>
            Assert.Equal("box-9090", Loading.Sets("clustersPort=0").Node);
    }

    public class BindAddresses
    {
        [Theory]
        [InlineData("127.0.0.1", "off", "127.0.0.1", "127.0.0.1")]
        [InlineData("localhost", "off", "127.0.0.1", "127.0.0.1")]
        [InlineData("::1", "off", "::1", "::1")]
        [InlineData("192.168.1.5", "off", "::", "127.0.0.1")] // clients come in, servers of other machines do not
        [InlineData("192.168.1.5", "on", "::", "::")]
        [InlineData("fd00::5", "on", "::", "::")]
        [InlineData("server.example", "on", "::", "::")]
        [InlineData("127.0.0.1", "on", "127.0.0.1", "::")] // said in so many words
        public void Follow_the_host_and_whether_insecurity_is_meant(string host, string insecure, string business, string clusters)
        {
            var settings = Loading.Sets($"host={host}", $"security.insecure={insecure}");

            Assert.Equal(IPAddress.Parse(business), settings.BusinessBindAddress);
            Assert.Equal(IPAddress.Parse(clusters), settings.ClustersBindAddress);
        }

        [Theory]
        [InlineData("127.0.0.1", "any", "::")]
        [InlineData("192.168.1.5", "loopback", "127.0.0.1")]
        public void Of_the_business_ports_are_what_bind_says_whatever_the_host(string host, string bind, string business) =>
            Assert.Equal(IPAddress.Parse(business), Loading.Sets($"host={host}", $"bind={bind}").BusinessBindAddress);
    }
}
