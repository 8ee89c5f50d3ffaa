using System.Globalization;
using System.Net;

namespace ClusterActors.Actors.Gateway;

/// <summary>Tells under which address the server at the far end of a link can be reached by others.</summary>
internal static class FarAddress
{
    /// <summary>
    /// Reads the <c>Host</c> of a handshake (PROTOCOL.md section 1). A server that calls itself a loopback address while its
    /// connection comes from elsewhere is known by where it comes from.
    /// </summary>
    /// <param name="host">What the dialer says: <c>host</c> or <c>host:port</c>.</param>
    /// <param name="remote">Where its connection comes from.</param>
    /// <returns>The address, and the cluster port or 0 when none was told.</returns>
    public static (string Ip, int Port) Of(string host, IPAddress remote)
    {
        var from = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        var (name, port) = Split(host);
        var believed = name.Length > 0 && !IsUnspecified(name) && (IPAddress.IsLoopback(from) || !IsLoopback(name));
        return (believed ? name : from.ToString(), port);
    }

    private static bool IsLoopback(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));

    private static bool IsUnspecified(string name) =>
        IPAddress.TryParse(name, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private static (string Name, int Port) Split(string host)
    {
        if (IPAddress.TryParse(host, out _) && !host.StartsWith('['))
            return (host, 0);
        var colon = host.LastIndexOf(':');
        if (colon < 0
            || host.EndsWith(']')
            || !int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port > IPEndPoint.MaxPort)
            return (host.Trim('[', ']'), 0);
        return (host[..colon].Trim('[', ']'), port);
    }
}
