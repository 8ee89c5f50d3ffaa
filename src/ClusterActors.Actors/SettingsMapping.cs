using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Backup;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Actors;

/// <summary>Hands each duty its part of the node's settings.</summary>
internal static class SettingsMapping
{
    // A manager answers a command after twice its timeout at the latest: once for its turn, once for the worker.
    private static readonly TimeSpan CommandAnswerMargin = TimeSpan.FromSeconds(5);

    public static Manager.ManagerSettings ToManager(NodeSettings settings) => new()
    {
        Node = settings.Node,
        LeaseTime = settings.Allocation.LeaseTime,
        ReportInterval = settings.Report.Interval,
        CshBBrainLateAfter = settings.Compat.LateAfter,
        CshBBrainMaxClientCount = settings.Compat.MaxClientCount,
        ForgetAfter = settings.Manager.ForgetAfter,
        KeepGone = settings.Manager.KeepGone,
        MaxServers = settings.Manager.MaxServers,
        CommandTimeout = settings.Manager.CommandTimeout,
    };

    public static AuthorityPlan ToAuthority(NodeSettings settings, ManagerDuty manager, IActorRef? commands, AuthorityGate gate) => new()
    {
        Node = settings.Node,
        Lease = settings.Authority.Lease,
        IsWorker = settings.RunsWorker,
        Manager = manager,
        Commands = commands,
        Gate = gate,
        Ballots = new BallotFile(settings.DataDirectory, settings.Node),
        Fences = new FenceFile(settings.DataDirectory, settings.Node),
        Random = Random.Shared,
    };

    public static OriginPlan ToOrigin(NodeSettings settings, OriginStore store, Startup startup, TimeProvider time) => new()
    {
        Directory = NodeFolder.PathOf(settings.DataDirectory, settings.Node, "origin"),
        SegmentBytes = settings.Store.SegmentSize,
        MemoryBytes = settings.Store.Memory,
        ReserveBytes = settings.Store.Reserve,
        Store = store,
        Startup = startup,
        FreeBytes = directory => new DriveInfo(directory).AvailableFreeSpace,
        Time = time,
    };

    public static Transport.Connections.ConnectionSettings ToTransport(ConnectionSettings connection) => new()
    {
        OutputHighWater = connection.OutputHighWater,
        OutputLimit = connection.OutputLimit,
        SlowConsumerTimeout = connection.SlowConsumerTimeout,
        CloseTimeout = connection.CloseTimeout,
    };

    public static GatewaySettings ToGateway(NodeSettings settings) => new()
    {
        Node = settings.Node,
        Host = settings.Host,
        ClusterHost = settings.ClustersHost,
        ClusterEndpoint = settings.ClustersSwitch ? Endpoint(settings.ClustersBindAddress, settings.ClustersPort) : null,
        PortalEndpoints = settings.RunsWorker
            ? []
            : [.. settings.Ports.Select(port => Endpoint(settings.BusinessBindAddress, port))],
        Managers = settings.ClustersSwitch ? settings.ClustersServer : [],
        Witnesses = settings.ClustersSwitch ? settings.ClustersWitness : [],
        IsWorker = settings.RunsWorker,
        IsManager = settings.RunsManager,
        OtherManager = settings.ClustersServer.Count > 0 ? settings.ClustersServer[0] : null,
        Listen = new ListenSettings { Backlog = settings.Connection.Backlog, KeepAlive = settings.Connection.KeepAlive },
        HandshakeTimeout = settings.Connection.HandshakeTimeout,
        MaxHandshakeBytes = settings.Connection.MaxHandshakeBytes,
        MaxHttpHeadBytes = settings.Connection.MaxHttpHeadBytes,
        MaxMessageBytes = settings.Connection.MaxMessageBytes,
        IdleTimeout = settings.Connection.IdleTimeout,
        LinkTimeout = settings.Links.Timeout,
        RedialMin = settings.Links.RedialMin,
        RedialMax = settings.Links.RedialMax,
        CommandAnswerLimit = (settings.Manager.CommandTimeout * 2) + CommandAnswerMargin,
        CshBBrainAllocationReplies = settings.Compat.AllocationReply == AllocationReply.CshBBrain,
    };

    /// <summary>Where to listen: "every address" is one socket for both families, where the system has both.</summary>
    public static IPEndPoint Endpoint(IPAddress address, int port) =>
        new(address.Equals(IPAddress.IPv6Any) && !Socket.OSSupportsIPv6 ? IPAddress.Any : address, port);

    public static PollEngine ToEngine(ConnectionEngine engine) => engine switch
    {
        ConnectionEngine.Epoll => PollEngine.Epoll,
        ConnectionEngine.Sockets => PollEngine.Sockets,
        _ => PollEngine.Auto,
    };

    public static int ReaderWriters(NodeSettings settings) => settings.Worker.ReaderWriters > 0
        ? settings.Worker.ReaderWriters
        : Math.Min(settings.Worker.MaxReaderWriters, Math.Max(1, Environment.ProcessorCount / 2));

    public static int Threads(NodeSettings settings) => settings.Worker.Threads > 0
        ? settings.Worker.Threads
        : Math.Min(settings.Worker.MaxThreads, Math.Max(2, Environment.ProcessorCount));

    public static WorkerLimits ToLimits(WorkerSettings worker) => new(worker.MaxThreads, worker.MaxReaderWriters, worker.MaxPorts);
}
