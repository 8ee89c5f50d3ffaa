using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>What a gateway is made of.</summary>
/// <param name="Settings">Addresses, limits and times.</param>
/// <param name="Io">The actor that owns the loops.</param>
/// <param name="Loops">The loops.</param>
/// <param name="Links">Links that may be open at once.</param>
/// <param name="PortalClients">Clients of a manager-only server's business ports that may be connected at once.</param>
/// <param name="Manager">The manager of this node, when it is one or becomes one.</param>
/// <param name="Startup">Hears of the ports.</param>
/// <param name="Time">Clock.</param>
/// <param name="Random">Spreads the dials of a fleet; safe to share.</param>
/// <param name="Gate">Says at any moment whether this node may act as holder of management authority.</param>
/// <param name="Authority">The authority of this node (<see cref="AuthorityEvents"/>), which commands come to as well; null for a lone server.</param>
/// <param name="Cluster">What to answer when this node is asked which Akka.Cluster lives.</param>
internal sealed record GatewayPlan(
    GatewaySettings Settings,
    IActorRef Io,
    LoopGroup Loops,
    Budget Links,
    Budget PortalClients,
    ManagerDuty Manager,
    Startup Startup,
    TimeProvider Time,
    Random Random,
    AuthorityGate Gate,
    IActorRef? Authority = null,
    LivingCluster? Cluster = null);
