using System.Net;
using System.Net.Sockets;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// How a server that is a manager and a worker reaches itself: over loopback, since the address that others are told may be one
/// of a router, or one on which the cluster port is not open.
/// </summary>
/// <param name="Told">What others are told.</param>
/// <param name="Dialed">What it dials itself.</param>
internal readonly record struct SelfAddress(HostAndPort Told, HostAndPort Dialed)
{
    /// <summary>Reads it from settings that name the port that is really open.</summary>
    public static SelfAddress Of(GatewaySettings settings)
    {
        var endpoint = settings.ClusterEndpoint!;
        var loopback = endpoint.Address.AddressFamily == AddressFamily.InterNetworkV6 && !endpoint.Address.Equals(IPAddress.IPv6Any)
            ? IPAddress.IPv6Loopback
            : IPAddress.Loopback;
        return new SelfAddress(new HostAndPort(settings.ClusterHost ?? settings.Host, endpoint.Port), new HostAndPort(loopback.ToString(), endpoint.Port));
    }

    /// <summary>Whether an address leads to this server.</summary>
    public bool Is(HostAndPort manager) => manager == Told || (manager.Port == Dialed.Port && IsLoopback(manager.Host));

    private static bool IsLoopback(string host) =>
        IPAddress.TryParse(host, out var address) ? IPAddress.IsLoopback(address) : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
