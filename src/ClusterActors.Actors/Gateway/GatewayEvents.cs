using Akka.Actor;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Gateway;

/// <summary>What the gateway tells the duties.</summary>
public static class GatewayEvents
{
    /// <summary>Marks what the gateway tells.</summary>
    public interface IGatewayEvent;

    /// <summary>A link to a manager is open: it wants a report now.</summary>
    /// <param name="Manager">Which manager.</param>
    public sealed record ManagerLinked(HostAndPort Manager) : IGatewayEvent;

    /// <summary>The link to a manager is lost.</summary>
    /// <param name="Manager">Which manager.</param>
    public sealed record ManagerLost(HostAndPort Manager) : IGatewayEvent;

    /// <summary>These managers are being asked which Akka.Cluster lives.</summary>
    /// <param name="Managers">All that are linked, this node itself left out.</param>
    public sealed record ClusterAsked(IReadOnlyList<HostAndPort> Managers) : IGatewayEvent, INoSerializationVerificationNeeded;

    /// <summary>A manager said which Akka.Cluster lives.</summary>
    /// <param name="Manager">Which manager.</param>
    /// <param name="Members">Akka addresses of living members, those that are up first; empty: it knows none.</param>
    /// <param name="Forming">Whether it may be about to form one.</param>
    public sealed record ClusterAnswered(HostAndPort Manager, IReadOnlyList<string> Members, bool Forming)
        : IGatewayEvent, INoSerializationVerificationNeeded;

    /// <summary>A server that asked this node for the living Akka.Cluster said which one it is in itself.</summary>
    /// <param name="Link">The link it said so on; more often than every 500 ms is not told.</param>
    /// <param name="Members">Akka addresses of its living members.</param>
    public sealed record ClusterTold(LinkId Link, IReadOnlyList<string> Members) : IGatewayEvent, INoSerializationVerificationNeeded;

    /// <summary>Every manager was told goodbye and every port of the gateway is closed.</summary>
    public sealed record Left : IGatewayEvent
    {
        /// <summary>The only one.</summary>
        public static Left Instance { get; } = new();
    }
}
