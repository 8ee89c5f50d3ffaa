using Akka.Actor;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>What a gateway is made of.</summary>
/// <param name="Settings">Addresses, limits and times.</param>
/// <param name="Io">The actor that owns the loops.</param>
/// <param name="Loops">The loops.</param>
/// <param name="Links">Links that may be open at once.</param>
/// <param name="PortalClients">Clients of a manager-only server's business ports that may be connected at once.</param>
/// <param name="Manager">The manager of this node, when it is one.</param>
/// <param name="Startup">Hears of the ports.</param>
/// <param name="Time">Clock.</param>
/// <param name="Random">Spreads the dials of a fleet; safe to share.</param>
/// <param name="Commands">The executor of managers' commands (<see cref="CommandEvents"/>), when this node is a worker.</param>
internal sealed record GatewayPlan(
    GatewaySettings Settings,
    IActorRef Io,
    LoopGroup Loops,
    Budget Links,
    Budget PortalClients,
    IActorRef? Manager,
    Startup Startup,
    TimeProvider Time,
    Random Random,
    IActorRef? Commands = null);
