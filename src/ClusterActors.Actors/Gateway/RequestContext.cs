using Akka.Actor;
using ClusterActors.Actors.Authority;

namespace ClusterActors.Actors.Gateway;

/// <summary>What every connection that carries requests for the manager shares.</summary>
/// <param name="Settings">Limits and times.</param>
/// <param name="Manager">The manager of this node, when it is one or becomes one.</param>
/// <param name="Places">How many such connections may be open at once.</param>
/// <param name="IsClusterPort">
/// The cluster port takes reports and no HTTP; the business port of a manager-only server takes HTTP and no reports.
/// </param>
/// <param name="Time">Clock.</param>
/// <param name="Gate">Says at any moment whether this node may act as holder of management authority.</param>
/// <param name="Authority">The authority of this node; null for a lone server.</param>
/// <param name="Cluster">What to answer when this node is asked which Akka.Cluster lives.</param>
/// <param name="Gateway">Hears <see cref="GatewayEvents.ClusterTold"/>.</param>
internal sealed record RequestContext(
    GatewaySettings Settings,
    ManagerDuty Manager,
    Budget Places,
    bool IsClusterPort,
    TimeProvider Time,
    AuthorityGate Gate,
    IActorRef? Authority,
    LivingCluster? Cluster,
    IActorRef Gateway);
