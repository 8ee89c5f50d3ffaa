using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Tests.Configuration;

/// <summary>The four names of the requirements, with exactly the meaning they have there.</summary>
public class RequiredNamesSpecs
{
    public class ClustersSwitch
    {
        [Fact]
        public void Zero_is_a_lone_business_server()
        {
            var settings = Loading.Sets("clustersSwitch=0");

            Assert.False(settings.ClustersSwitch);
            Assert.True(settings.RunsWorker);
            Assert.False(settings.RunsManager);
        }

        [Fact]
        public void One_is_a_member_of_a_fleet() => Assert.True(Loading.Sets("clustersSwitch=1").ClustersSwitch);

        [Fact]
        public void A_lone_server_is_named_by_its_business_port() =>
            Assert.Equal("box-7070", Loading.Sets("clustersSwitch=0", "port=7070").Node);
    }

    public class ClustersRole
    {
        [Theory]
        [InlineData("1", NodeRole.Worker, true, false)] // ordinary server: business work only
        [InlineData("2", NodeRole.Manager, false, true)] // managing server: no business work
        [InlineData("3", NodeRole.Both, true, true)] // both duties
        public void A_number_says_which_duties_run(string written, NodeRole role, bool worker, bool manager)
        {
            var settings = Loading.Sets($"clustersRole={written}", "clustersServer=10.0.0.1:9292");

            Assert.Equal(role, settings.ClustersRole);
            Assert.Equal(worker, settings.RunsWorker);
            Assert.Equal(manager, settings.RunsManager);
        }
    }

    public class ClustersPort
    {
        [Fact]
        public void It_is_the_port_servers_talk_on() => Assert.Equal(7292, Loading.Sets("clustersPort=7292").ClustersPort);

        [Fact]
        public void Zero_takes_any_free_port() => Assert.Equal(0, Loading.Sets("clustersPort=0").ClustersPort);
    }

    public class ClustersServer
    {
        [Fact]
        public void Several_managers_can_be_named() => Assert.Equal(
            [new HostAndPort("10.0.0.1", 9292), new HostAndPort("::1", 9293), new HostAndPort("manager", 9294)],
            Loading.Text("clusterActors.clustersServer = [\"10.0.0.1:9292\", \"[::1]:9293\", manager:9294]").Settings.ClustersServer);

        [Theory]
        [InlineData("10.0.0.1:9292", 1)] // one, without brackets
        [InlineData("10.0.0.1:9292, manager:9292", 2)] // as an environment variable has several
        [InlineData("[::1]:9292", 1)] // the bracket opens an address, not a list
        [InlineData("[\"[::1]:9292\"]", 1)] // a list of one
        [InlineData("[]", 0)] // a manager needs no other
        public void A_text_is_as_good_as_a_list(string written, int count) =>
            Assert.Equal(count, Loading.Sets($"clustersServer={written}").ClustersServer.Count);
    }
}
