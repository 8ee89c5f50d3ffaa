using System.Net;
using Akka.Configuration;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Actors.Tests;

public class SettingsMappingSpecs
{
    private static NodeSettings Read(string hocon) =>
        NodeSettings.Create(ConfigurationFactory.ParseString($"clusterActors {{ {hocon} }}"), "test");

    [Fact]
    public void Every_setting_of_connections_and_links_reaches_the_gateway()
    {
        var settings = SettingsMapping.ToGateway(Read("""
            node = n-1, host = "10.0.0.7", port = [7070], clustersPort = 9393, clustersRole = 1, clustersServer = ["10.0.0.1:9292", "10.0.0.2:9292"]
            connection { handshakeTimeout = 6s, maxHandshakeBytes = 2048, maxHttpHeadBytes = 4096, maxMessageBytes = 2MiB, idleTimeout = 90s, keepAlive = 30s, backlog = 77 }
            links { redialMin = 300ms, redialMax = 20s, timeout = 15s }
            """));

        Assert.Equal(("n-1", "10.0.0.7"), (settings.Node, settings.Host));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 9393), settings.ClusterEndpoint);
        Assert.Equal(["10.0.0.1:9292", "10.0.0.2:9292"], settings.Managers.Select(manager => manager.ToString()));
        Assert.Equal("10.0.0.1:9292", settings.OtherManager.ToString());
        Assert.Equal((6, 2048, 4096, 2 * 1024 * 1024), (settings.HandshakeTimeout.TotalSeconds, settings.MaxHandshakeBytes, settings.MaxHttpHeadBytes, settings.MaxMessageBytes));
        Assert.Equal(TimeSpan.FromSeconds(90), settings.IdleTimeout);
        Assert.Equal((30, 77), (settings.Listen.KeepAlive.TotalSeconds, settings.Listen.Backlog));
        Assert.Equal((0.3, 20, 15), (settings.RedialMin.TotalSeconds, settings.RedialMax.TotalSeconds, settings.LinkTimeout.TotalSeconds));
        Assert.False(settings.CshBBrainAllocationReplies);
        Assert.Equal((true, false), (settings.IsWorker, settings.IsManager));
        Assert.Equal(TimeSpan.FromSeconds(15), settings.CommandAnswerLimit);
    }

    [Fact]
    public void A_command_may_take_the_manager_longer_than_it_may_take_the_worker() =>
        Assert.Equal(TimeSpan.FromSeconds(125), SettingsMapping.ToGateway(Read("manager.commandTimeout = 1m")).CommandAnswerLimit);

    [Fact]
    public void The_transport_gets_its_bounds()
    {
        var settings = SettingsMapping.ToTransport(Read(
            "connection { outputHighWater = 128KiB, outputLimit = 2MiB, slowConsumerTimeout = 5s, closeTimeout = 3s }").Connection);

        Assert.Equal(
            (128 * 1024, 2 * 1024 * 1024, 5, 3),
            (settings.OutputHighWater, settings.OutputLimit, settings.SlowConsumerTimeout.TotalSeconds, settings.CloseTimeout.TotalSeconds));
    }

    [Fact]
    public void The_manager_gets_its_times_and_bounds()
    {
        var settings = SettingsMapping.ToManager(Read("""
            node = m-1, report.interval = 2s, allocation.leaseTime = 20s
            manager { forgetAfter = 30s, keepGone = 1m, maxServers = 50, commandTimeout = 7s }
            compat { lateAfter = 100s, maxClientCount = 500 }
            """));

        Assert.Equal("m-1", settings.Node);
        Assert.Equal((2, 20), (settings.ReportInterval.TotalSeconds, settings.LeaseTime.TotalSeconds));
        Assert.Equal((30, 60, 50), (settings.ForgetAfter.TotalSeconds, settings.KeepGone.TotalSeconds, settings.MaxServers));
        Assert.Equal(TimeSpan.FromSeconds(7), settings.CommandTimeout);
        Assert.Equal((100, 500), (settings.CshBBrainLateAfter.TotalSeconds, settings.CshBBrainMaxClientCount));
    }

    [Theory]
    [InlineData("clustersRole = 1, clustersServer = [\"10.0.0.1:9292\"]", true, 0, 1, true, false)]
    [InlineData("clustersRole = 2, port = [7070, 7071]", true, 2, 1, false, true)] // its business ports are portals
    [InlineData("clustersRole = 3, clustersPort = 0, port = [0]", true, 0, 1, true, true)] // also where the port is not known yet
    [InlineData("clustersSwitch = 0", false, 0, 0, true, false)] // alone
    public void Each_role_gets_what_it_needs(string hocon, bool clusterPort, int portals, int managers, bool worker, bool manager)
    {
        var settings = SettingsMapping.ToGateway(Read(hocon));

        Assert.Equal(
            (clusterPort, portals, managers, worker, manager),
            (settings.ClusterEndpoint is not null, settings.PortalEndpoints.Count, settings.Managers.Count, settings.IsWorker, settings.IsManager));
    }

    [Fact]
    public void The_old_form_of_allocations_is_chosen_by_its_word() =>
        Assert.True(SettingsMapping.ToGateway(Read("compat.allocationReply = cshbbrain")).CshBBrainAllocationReplies);

    [Theory]
    [InlineData("epoll", PollEngine.Epoll)]
    [InlineData("sockets", PollEngine.Sockets)]
    [InlineData("auto", PollEngine.Auto)]
    public void The_engine_is_chosen_by_its_word(string word, PollEngine engine) =>
        Assert.Equal(engine, SettingsMapping.ToEngine(Read($"connection.engine = {word}").Connection.Engine));

    [Fact]
    public void Numbers_of_threads_come_from_the_settings_or_from_the_cores()
    {
        var told = Read("worker { threads = 11, readerWriters = 7 }");
        var untold = Read("worker { threads = 0, readerWriters = 0 }");

        Assert.Equal((11, 7), (SettingsMapping.Threads(told), SettingsMapping.ReaderWriters(told)));
        Assert.Equal(
            (Math.Max(2, Environment.ProcessorCount), Math.Max(1, Environment.ProcessorCount / 2)),
            (SettingsMapping.Threads(untold), SettingsMapping.ReaderWriters(untold)));
    }

    [Fact]
    public void Numbers_from_the_cores_keep_to_the_bounds()
    {
        var settings = Read("worker { maxThreads = 1, maxReaderWriters = 1, maxPorts = 3 }");

        Assert.Equal((1, 1), (SettingsMapping.Threads(settings), SettingsMapping.ReaderWriters(settings)));
        Assert.Equal(new WorkerLimits(1, 1, 3), SettingsMapping.ToLimits(settings.Worker));
    }
}
