using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Threads;

namespace ClusterActors.Actors.Gateway;

/// <summary>What every client connection of a worker's port shares.</summary>
/// <param name="Settings">Limits and times.</param>
/// <param name="Clients">Clients that may be connected at once: <c>worker.maxClientCount</c>.</param>
/// <param name="Handler">Business code.</param>
/// <param name="RunsOnLoop">Whether the handler runs on the reader-writer loops; otherwise on worker threads.</param>
/// <param name="Threads">The worker threads.</param>
/// <param name="Hubs">The clients of every loop.</param>
/// <param name="Worker">The worker: hears of leases.</param>
/// <param name="Log">Takes what business code throws when no connection is left to close for it.</param>
/// <param name="OutputLimit">Bytes that may wait for a client: <c>connection.outputLimit</c>.</param>
/// <param name="OutputHighWater">Bytes of answers after which the rest of a client's messages waits until it has taken them: <c>connection.outputHighWater</c>.</param>
/// <param name="Opening">The opening of the business port that the client came through.</param>
internal sealed record ClientContext(
    GatewaySettings Settings,
    Budget Clients,
    IBusinessHandler Handler,
    bool RunsOnLoop,
    WorkerThreads Threads,
    ClientHubs Hubs,
    IActorRef Worker,
    ILoggingAdapter Log,
    int OutputLimit,
    int OutputHighWater,
    PortOpening Opening);
