using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Backup;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Actors.Worker.Threads;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors;

/// <summary>Puts the worker of a node together: business code, threads, ports, and the executor of commands that changes them.</summary>
internal static class WorkerRegistration
{
    /// <summary>Starts the worker.</summary>
    public static IActorRef StartWorker(
        ActorSystem system,
        NodeSettings settings,
        GatewaySettings gateway,
        IBusinessHandler handler,
        IActorRef io,
        LoopGroup loops,
        IActorRef? backup,
        Startup startup)
    {
        var clients = new Budget(settings.Worker.MaxClientCount);
        var hubs = new ClientHubs(loops);
        var threads = new WorkerThreads();
        var runsOnLoop = handler.NeverBlocks && settings.Worker.Execution == HandlerExecution.Auto;
        var log = Logging.GetLogger(system, handler.GetType());
        handler.Start(new BusinessHost(clients, hubs));
        var plan = new WorkerPlan(
            SettingsMapping.Threads(settings),
            [.. settings.Ports],
            PortProps,
            SettingsMapping.ToLimits(settings.Worker),
            settings.Worker.MaxClientCount,
            () => clients.Taken,
            () => loops.TellConnections(ClientActor.ThreadsWithdrawn.Instance),
            backup);
        return system.ActorOf(WorkerActor.Props(plan, threads, startup), "worker");

        Props PortProps(IActorRef worker, int port)
        {
            var opening = new PortOpening();
            var factory = new ClientFactory(new ClientContext(
                gateway,
                clients,
                handler,
                runsOnLoop,
                threads,
                hubs,
                worker,
                log,
                settings.Connection.OutputLimit,
                settings.Connection.OutputHighWater,
                opening));
            return PortActor.Props(
                io, SettingsMapping.Endpoint(settings.BusinessBindAddress, port), gateway.Listen, loops, factory, opening);
        }
    }

    /// <summary>Starts what keeps the worker's business data.</summary>
    public static IActorRef StartBackup(ActorSystem system, NodeSettings settings, OriginStore store, Startup startup, TimeProvider time) =>
        system.ActorOf(BackupActor.Props(SettingsMapping.ToOrigin(settings, store, startup, time)), "backup");

    /// <summary>Starts the executor of commands.</summary>
    public static IActorRef StartCommands(
        ActorSystem system,
        NodeSettings settings,
        IActorRef worker,
        IActorRef io,
        LoopGroup loops,
        WorkerChangesFile? file,
        WorkerChanges changes,
        TimeProvider time,
        AuthorityGate gate)
    {
        var rule = ResizeRule.ReaderWriters(SettingsMapping.ToLimits(settings.Worker));
        var readerWriters = system.ActorOf(ReaderWriterActor.Props(io, () => loops.Count, rule), "reader-writers");
        return system.ActorOf(
            CommandActor.Props(new CommandSettings(settings.Node), worker, readerWriters, file, changes, time, gate), "commands");
    }
}
