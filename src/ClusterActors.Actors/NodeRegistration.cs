using System.Collections.Immutable;
using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Hosting;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Backup;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Data;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Membership;
using ClusterActors.Actors.Metrics;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
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
        time ??= TimeProvider.System;
        var store = new OriginStore(time);
        if (settings.RunsWorker)
            handler ??= BusinessHandlers.Create(settings.Worker.Handler, store);
        var reference = ReadAkkaReference();
        return builder
            .AddHocon(settings.JoinsAkkaCluster ? AkkaClusterConfig.Of(settings).WithFallback(reference) : reference, HoconAddMode.Append)
            .WithActors((system, registry) => Start(system, registry, settings, startup, handler, store, time));
    }

    private static void Start(
        ActorSystem system, IActorRegistry registry, NodeSettings settings, Startup startup, IBusinessHandler? handler, OriginStore store, TimeProvider time)
    {
        var file = KeptChanges.FileOf(settings);
        var changes = WorkerChanges.None;
        try
        {
            if (settings.ClustersSwitch || handler is DataHandler)
            {
                var folder = NodeFolderLock.Take(settings.DataDirectory, settings.Node);
                system.RegisterOnTermination(folder.Dispose);
            }

            if (file is not null)
            {
                changes = file.Load(SettingsMapping.ToLimits(settings.Worker), settings.ClustersSwitch ? settings.ClustersPort : 0);
                settings = KeptChanges.Over(settings, changes, file, system.Log);
                startup.ExpectBusinessPorts(settings.Ports.Count);
            }
        }
        catch (StartupException failure)
        {
            startup.Failed(failure.Message);
            return;
        }

        var gatewaySettings = SettingsMapping.ToGateway(settings);
        var loops = new LoopGroup(SettingsMapping.ToTransport(settings.Connection));
        var io = system.ActorOf(
            IoActor.Props(loops, SettingsMapping.ReaderWriters(settings), SettingsMapping.ToEngine(settings.Connection.Engine), time), "io");
        registry.Register<IoActor>(io);

        var gate = new AuthorityGate(BootClock.Instance);
        IActorRef? worker = null, commands = null, authority = null;
        if (settings.RunsWorker)
        {
            var backup = handler is DataHandler ? WorkerRegistration.StartBackup(system, settings, store, startup, time) : null;
            worker = WorkerRegistration.StartWorker(system, settings, gatewaySettings, handler!, io, loops, backup, startup);
            registry.Register<WorkerActor>(worker);
        }

        if (worker is not null && settings.ClustersSwitch)
        {
            commands = WorkerRegistration.StartCommands(system, settings, worker, io, loops, file, changes, time, gate);
            registry.Register<CommandActor>(commands);
        }

        // A worker becomes a manager when authority is handed over to it.
        var manager = new ManagerDuty(() => system.ActorOf(
            ManagerActor.Props(SettingsMapping.ToManager(settings), time, Random.Shared, gate, authority!), "manager"));
        if (settings.ClustersSwitch)
        {
            authority = system.ActorOf(AuthorityActor.Props(SettingsMapping.ToAuthority(settings, manager, commands, gate)), "authority");
            registry.Register<AuthorityActor>(authority);
        }

        if (settings.RunsManager)
            registry.Register<ManagerActor>(manager.Begin());

        var cluster = new LivingCluster();
        var links = new Budget(settings.Links.MaxCount);
        var portalClients = new Budget(settings.Worker.MaxClientCount);
        var gateway = system.ActorOf(
            GatewayActor.Props(new GatewayPlan(
                gatewaySettings, io, loops, links, portalClients, manager, startup, time, Random.Shared, gate, authority, cluster)),
            "gateway");
        registry.Register<GatewayActor>(gateway);

        if (settings.JoinsAkkaCluster)
        {
            var membership = system.ActorOf(MembershipActor.Props(gateway, manager, cluster, () => gate.Epoch is not null, time), "membership");
            registry.Register<MembershipActor>(membership);
        }

        if (worker is not null && commands is not null)
        {
            var reporter = system.ActorOf(
                MetricsReporterActor.Props(
                    new ReporterSettings(settings.Node, (int)settings.ClustersRole, settings.Report.Interval),
                    MachineSampler.Create(time),
                    worker,
                    gateway,
                    commands,
                    gate,
                    manager),
                "metrics-reporter");
            registry.Register<MetricsReporterActor>(reporter);
        }

        Leave.Register(system, io, authority, gateway, worker, loops);
    }

    /// <summary>What a node sets in the configuration of Akka itself, below what its user sets.</summary>
    internal static Config ReadAkkaReference()
    {
        using var resource = typeof(NodeRegistration).Assembly.GetManifestResourceStream(AkkaReference)
            ?? throw new InvalidOperationException($"The assembly lacks {AkkaReference}.");
        using var reader = new StreamReader(resource);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
