using Akka.Actor;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Metrics;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Actors.Worker;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Metrics;

public sealed class MetricsReporterActorSpecs : IAsyncLifetime
{
    private sealed class FixedSampler : IMachineSampler
    {
        public string Limits => "a machine of the test";

        public string? Missing => null;

        public MachineSample Sample() => new()
        {
            CoreCount = 4,
            CpuUsage = 12.5,
            ProcessCpuUsage = 3.25,
            MemoryTotal = 1000,
            MemoryUsed = 600,
            ProcessMemory = 200,
        };
    }

    private readonly ActorSystem _system = ActorSystem.Create("metrics", "akka { loglevel = OFF, stdout-loglevel = OFF }");
    private readonly ScriptedActor _worker;
    private readonly ScriptedActor _gateway;
    private readonly ScriptedActor _commands;

    public MetricsReporterActorSpecs()
    {
        _worker = new ScriptedActor(_system, "worker");
        _gateway = new ScriptedActor(_system, "gateway");
        _commands = new ScriptedActor(_system, "commands");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(Eventually.Limit);

    [Fact]
    public async Task It_asks_to_hear_of_managers_and_then_only_waits()
    {
        Start(TimeSpan.FromHours(1));

        await _gateway.NextAsync<GatewayCommands.Subscribe>();
        Assert.Equal(0, _gateway.Waiting);
    }

    [Fact]
    public async Task A_manager_that_is_linked_gets_a_report_at_once_with_everything_in_it()
    {
        var reporter = Start(TimeSpan.FromHours(1));
        await _gateway.NextAsync<GatewayCommands.Subscribe>();

        reporter.Tell(new GatewayEvents.ManagerLinked(new HostAndPort("10.0.0.1", 9292)), _gateway.Ref);
        await _gateway.NextAsync<GatewayCommands.Describe>();
        reporter.Tell(new GatewayCommands.Status(Links: 7, ReaderWriters: 2, Acceptors: 1), _gateway.Ref);
        await _worker.NextAsync<WorkerQueries.Describe>();
        reporter.Tell(new WorkerQueries.Status(30, 100, 5, 6, [7070, 7071], ["lease-1", "lease-2"]), _worker.Ref);

        var report = (await _gateway.NextAsync<GatewayCommands.SendReport>()).Message.Report;
        Assert.Equal(("node-9", "1", 0L, 3), (report.Node, report.Version, report.Epoch, report.Role));
        Assert.Equal((4, 2, 5, 30, 7, 0), (report.CoreCount, report.ReaderWriterCount, report.WorkerCount, report.ClientCount, report.ClustersCount, report.LocalCount));
        Assert.Equal((12.5, 3.25), (report.CpuUsage, report.ProcessCpuUsage));
        Assert.Equal((1000L, 600L, 200L), (report.MemoryTotal, report.MemoryUsed, report.ProcessMemory));
        Assert.Equal((100, 3, 6, false), (report.MaxClientCount, report.AcceptorCount, report.QueueLength, report.Draining));
        Assert.Equal(7070, report.Port);
        Assert.Equal([7070, 7071], report.Ports);
        Assert.Equal(["lease-1", "lease-2"], report.Leases);
    }

    [Fact]
    public async Task A_command_that_changed_the_worker_is_reported_at_once()
    {
        var reporter = Start(TimeSpan.FromHours(1));
        await _gateway.NextAsync<GatewayCommands.Subscribe>();
        await _commands.NextAsync<WorkerCommands.Subscribe>();

        reporter.Tell(WorkerEvents.Changed.Instance, _commands.Ref);
        await _gateway.NextAsync<GatewayCommands.Describe>();
        reporter.Tell(new GatewayCommands.Status(0, 1, 1), _gateway.Ref);
        await _worker.NextAsync<WorkerQueries.Describe>();
        reporter.Tell(new WorkerQueries.Status(0, 100, 1, 0, [], [], Draining: true), _worker.Ref);

        Assert.True((await _gateway.NextAsync<GatewayCommands.SendReport>()).Message.Report.Draining);
    }

    [Fact]
    public async Task Without_an_open_port_it_reports_none()
    {
        var reporter = Start(TimeSpan.FromHours(1));
        reporter.Tell(new WorkerQueries.Status(0, 100, 1, 0, [], []), _worker.Ref);
        await _gateway.NextAsync<GatewayCommands.Subscribe>();

        var report = (await _gateway.NextAsync<GatewayCommands.SendReport>()).Message.Report;

        Assert.Equal(0, report.Port);
        Assert.Empty(report.Ports);
    }

    [Fact]
    public async Task It_reports_again_and_again_by_itself()
    {
        var reporter = Start(TimeSpan.FromMilliseconds(10));
        await _gateway.NextAsync<GatewayCommands.Subscribe>();

        for (var i = 0; i < 3; i++)
            await _gateway.NextAsync<GatewayCommands.Describe>();
        await reporter.GracefulStop(Eventually.Limit);
    }

    private IActorRef Start(TimeSpan interval) => _system.ActorOf(MetricsReporterActor.Props(
        new ReporterSettings("node-9", 3, interval), new FixedSampler(), _worker.Ref, _gateway.Ref, _commands.Ref, Gates.Open(), new ManagerDuty(() => ActorRefs.Nobody)));
}
