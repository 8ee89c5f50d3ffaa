using System.Net;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Tests.Configuration;

public class ReferenceDefaultsSpecs
{
    private readonly NodeSettings _settings = Loading.Sets();

    [Fact]
    public void A_node_without_configuration_is_a_manager_that_works_on_loopback()
    {
        Assert.Equal("box-9292", _settings.Node);
        Assert.Equal("127.0.0.1", _settings.Host);
        Assert.Equal(BindScope.Auto, _settings.Bind);
        Assert.Equal([9090], _settings.Ports);
        Assert.True(_settings.ClustersSwitch);
        Assert.Equal(9292, _settings.ClustersPort);
        Assert.Equal("127.0.0.1", _settings.ClustersHost);
        Assert.Equal(NodeRole.Both, _settings.ClustersRole);
        Assert.Equal([new HostAndPort("127.0.0.1", 9292)], _settings.ClustersServer);
        Assert.Empty(_settings.ClustersWitness);
        Assert.True(_settings.AkkaMember);
        Assert.Equal(9393, _settings.AkkaPort);
        Assert.True(_settings.JoinsAkkaCluster);
        Assert.Equal("data", _settings.DataDirectory);
        Assert.Equal(IPAddress.Loopback, _settings.BusinessBindAddress);
        Assert.Equal(IPAddress.Loopback, _settings.ClustersBindAddress);
        Assert.Empty(_settings.Changed);
    }

    [Fact]
    public void The_sections_have_the_documented_defaults()
    {
        Assert.Equal(new ReportSettings { Interval = TimeSpan.FromSeconds(1) }, _settings.Report);
        Assert.Equal(
            new WorkerSettings
            {
                Threads = 0,
                MaxThreads = 256,
                ReaderWriters = 0,
                MaxReaderWriters = 64,
                MaxPorts = 64,
                KeepChanges = false,
                MaxClientCount = 10_000,
                Handler = "echo",
                Execution = HandlerExecution.Auto,
            },
            _settings.Worker);
        Assert.Equal(new AuthorityLeaseSettings { Lease = TimeSpan.FromSeconds(5) }, _settings.Authority);
        Assert.Equal(new StoreSettings { SegmentSize = 64 << 20, Memory = 64 << 20, Reserve = 256 << 20 }, _settings.Store);
        Assert.Equal(new AllocationSettings { LeaseTime = TimeSpan.FromSeconds(10) }, _settings.Allocation);
        Assert.Equal(
            new ManagerSettings
            {
                ForgetAfter = TimeSpan.FromSeconds(60),
                KeepGone = TimeSpan.FromMinutes(10),
                MaxServers = 10_000,
                CommandTimeout = TimeSpan.FromSeconds(5),
            },
            _settings.Manager);
        Assert.Equal(
            new LinkSettings
            {
                RedialMin = TimeSpan.FromMilliseconds(200),
                RedialMax = TimeSpan.FromSeconds(10),
                Timeout = TimeSpan.FromSeconds(10),
                MaxCount = 10_000,
            },
            _settings.Links);
        Assert.Equal(new SecuritySettings { Insecure = false }, _settings.Security);
        Assert.Equal(
            new CompatSettings
            {
                AllocationReply = AllocationReply.Parameters,
                MaxClientCount = 10_000,
                LateAfter = TimeSpan.FromSeconds(90),
            },
            _settings.Compat);
    }

    [Fact]
    public void Connections_have_the_documented_bounds() => Assert.Equal(
        new ConnectionSettings
        {
            HandshakeTimeout = TimeSpan.FromSeconds(5),
            MaxHandshakeBytes = 1024,
            MaxHttpHeadBytes = 8192,
            MaxMessageBytes = 1_052_672,
            IdleTimeout = TimeSpan.FromSeconds(120),
            OutputHighWater = 262_144,
            OutputLimit = 4_194_304,
            SlowConsumerTimeout = TimeSpan.FromSeconds(30),
            CloseTimeout = TimeSpan.FromSeconds(2),
            KeepAlive = TimeSpan.FromSeconds(60),
            Backlog = 4096,
            Engine = ConnectionEngine.Auto,
        },
        _settings.Connection);
}
