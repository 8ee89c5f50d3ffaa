using System.Collections.Immutable;
using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Hosting;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Metrics;
using ClusterActors.Actors.Worker;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors;

/// <summary>Puts a node into a host that runs Akka.NET: <c>services.AddAkka("name", builder => builder.AddClusterActors(...))</c>.</summary>
public static class NodeRegistration
{
    private const string AkkaReference = "ClusterActors.reference-akka.hocon";

    /// <summary>Adds the actors of a node's role.</summary>
    /// <param name="builder">The actor system to add them to.</param>
    /// <param name="settings">What the node is to be.</param>
    /// <param name="startup">Hears when every port is open, or why one cannot be.</param>
    /// <param name="handler">Business code; by default what <c>worker.handler</c> names.</param>
    /// <param name="time">Clock of every time limit of connections and servers; by default the system's.</param>
    /// <exception cref="ArgumentException"><c>worker.handler</c> names no handler.</exception>
    public static AkkaConfigurationBuilder AddClusterActors(
        this AkkaConfigurationBuilder builder,
        NodeSettings settings,
        Startup startup,
        IBusinessHandler? handler = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.RunsWorker)
            handler ??= BusinessHandlers.Create(settings.Worker.Handler);
        return builder
            .AddHocon(ReadAkkaReference(), HoconAddMode.Append)
            .WithActors((system, registry) => Start(system, registry, settings, startup, handler, time ?? TimeProvider.System));
    }

    private static void Start(
        ActorSystem system, IActorRegistry registry, NodeSettings settings, Startup startup, IBusinessHandler? handler, TimeProvider time)
    {
        var gatewaySettings = SettingsMapping.ToGateway(settings);
        var loops = new LoopGroup(SettingsMapping.ToTransport(settings.Connection));
        var io = system.ActorOf(
            IoActor.Props(loops, SettingsMapping.ReaderWriters(settings), SettingsMapping.ToEngine(settings.Connection.Engine), time), "io");
        registry.Register<IoActor>(io);

        IActorRef? manager = null, worker = null;
        if (settings.RunsManager)
        {
            manager = system.ActorOf(ManagerActor.Props(SettingsMapping.ToManager(settings), time, Random.Shared), "manager");
            registry.Register<ManagerActor>(manager);
        }

        var links = new Budget(settings.Links.MaxCount);
        var portalClients = new Budget(settings.Worker.MaxClientCount);
        var gateway = system.ActorOf(
            GatewayActor.Props(new GatewayPlan(
                gatewaySettings, io, loops, links, portalClients, manager, startup, time, Random.Shared)),
            "gateway");
        registry.Register<GatewayActor>(gateway);

        if (settings.RunsWorker)
        {
            worker = system.ActorOf(
                WorkerActor.Props(PlanWorker(system, settings, gatewaySettings, handler!, io, loops, out var threads), threads, startup),
                "worker");
            registry.Register<WorkerActor>(worker);
        }

        if (settings.RunsWorker && settings.ClustersSwitch)
        {
            var reporter = system.ActorOf(
                MetricsReporterActor.Props(
                    new ReporterSettings(settings.Node, (int)settings.ClustersRole, settings.Report.Interval),
                    MachineSampler.Create(time),
                    worker!,
                    gateway),
                "metrics-reporter");
            registry.Register<MetricsReporterActor>(reporter);
        }

        Leave.Register(system, io, gateway, worker, loops);
    }

    private static WorkerPlan PlanWorker(
        ActorSystem system,
        NodeSettings settings,
        GatewaySettings gateway,
        IBusinessHandler handler,
        IActorRef io,
        LoopGroup loops,
        out WorkerThreads threads)
    {
        var clients = new Budget(settings.Worker.MaxClientCount);
        var hubs = new ClientHubs(loops);
        var published = threads = new WorkerThreads();
        var runsOnLoop = handler.NeverBlocks && settings.Worker.Execution == HandlerExecution.Auto;
        var log = Logging.GetLogger(system, handler.GetType());
        handler.Start(new BusinessHost(clients, hubs));
        return new WorkerPlan(SettingsMapping.Threads(settings), Ports, settings.Worker.MaxClientCount, () => clients.Taken);

        ImmutableArray<(string Name, Props Props)> Ports(IActorRef worker)
        {
            var factory = new ClientFactory(new ClientContext(
                gateway, clients, handler, runsOnLoop, published, hubs, worker, log, settings.Connection.OutputLimit));
            return [.. settings.Ports.Select((port, index) => (
                Name: $"port-{(port == 0 ? $"any-{index}" : port)}",
                Props: PortActor.Props(
                    io, SettingsMapping.Endpoint(settings.BusinessBindAddress, port), gateway.Listen, loops, factory)))];
        }
    }

    private static Config ReadAkkaReference()
    {
        using var resource = typeof(NodeRegistration).Assembly.GetManifestResourceStream(AkkaReference)
            ?? throw new InvalidOperationException($"The assembly lacks {AkkaReference}.");
        using var reader = new StreamReader(resource);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
