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

    /// <summary>Every manager was told goodbye and every port of the gateway is closed.</summary>
    public sealed record Left : IGatewayEvent
    {
        /// <summary>The only one.</summary>
        public static Left Instance { get; } = new();
    }
}
