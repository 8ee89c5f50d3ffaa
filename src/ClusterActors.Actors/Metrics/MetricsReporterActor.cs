using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Metrics;

/// <summary>
/// Reports this worker to every manager: once per interval, and at once when a manager has just been linked or a command has
/// changed the worker. Each report is built from answers of the worker and the gateway and from a sample of the machine.
/// </summary>
internal sealed class MetricsReporterActor : UntypedActor, IWithTimers
{
    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }

    private const string ProtocolVersion = "1";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ReporterSettings _settings;
    private readonly IMachineSampler _sampler;
    private readonly IActorRef _worker;
    private readonly IActorRef _gateway;
    private readonly IActorRef _commands;
    private readonly AuthorityGate _gate;
    private readonly ManagerDuty _manager;
    private GatewayCommands.Status _links = new(0, 0, 0);

    public MetricsReporterActor(
        ReporterSettings settings,
        IMachineSampler sampler,
        IActorRef worker,
        IActorRef gateway,
        IActorRef commands,
        AuthorityGate gate,
        ManagerDuty manager)
    {
        _gate = gate;
        _manager = manager;
        _settings = settings;
        _sampler = sampler;
        _worker = worker;
        _gateway = gateway;
        _commands = commands;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        ReporterSettings settings,
        IMachineSampler sampler,
        IActorRef worker,
        IActorRef gateway,
        IActorRef commands,
        AuthorityGate gate,
        ManagerDuty manager) =>
        Akka.Actor.Props.Create(() => new MetricsReporterActor(settings, sampler, worker, gateway, commands, gate, manager));

    protected override void PreStart()
    {
        _log.Info("How the machine is measured: {Limits}", _sampler.Limits);
        if (_sampler.Missing is { } missing)
            _log.Warning("Some figures cannot be measured here: {Missing}", missing);
        _gateway.Tell(GatewayCommands.Subscribe.Instance);
        _commands.Tell(WorkerCommands.Subscribe.Instance);
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _settings.Interval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Tick or GatewayEvents.ManagerLinked or WorkerEvents.Changed:
                // In this order: the worker's answer, which completes a report, comes behind the gateway's.
                _gateway.Tell(GatewayCommands.Describe.Instance);
                break;
            case GatewayCommands.Status links:
                _links = links;
                _worker.Tell(WorkerQueries.Describe.Instance);
                break;
            case WorkerQueries.Status status:
                _gateway.Tell(new GatewayCommands.SendReport(Build(status)));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private ServerReport Build(WorkerQueries.Status worker)
    {
        var machine = _sampler.Sample();
        return new ServerReport
        {
            Node = _settings.Node,
            Version = ProtocolVersion,
            Epoch = _gate.FenceEpoch,
            Role = _settings.Role | (_manager.Current is null ? 0 : 2),
            CoreCount = machine.CoreCount,
            CpuUsage = machine.CpuUsage,
            ProcessCpuUsage = machine.ProcessCpuUsage,
            MemoryTotal = machine.MemoryTotal,
            MemoryUsed = machine.MemoryUsed,
            ProcessMemory = machine.ProcessMemory,
            ReaderWriterCount = _links.ReaderWriters,
            ClustersCount = _links.Links,
            WorkerCount = worker.WorkerCount,
            ClientCount = worker.ClientCount,
            MaxClientCount = worker.MaxClientCount,
            AcceptorCount = _links.Acceptors + worker.Ports.Length,
            Port = worker.Ports.IsEmpty ? 0 : worker.Ports[0],
            Ports = worker.Ports,
            QueueLength = worker.QueueLength,
            Draining = worker.Draining,
            Leases = worker.Leases,
        };
    }
}
