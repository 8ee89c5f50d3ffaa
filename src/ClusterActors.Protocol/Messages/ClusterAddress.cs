using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClusterActors.Protocol.Messages;

/// <summary>The address of a cluster port as servers name each other: <c>10.0.0.7:9292</c>, <c>[::1]:9292</c>.</summary>
internal static class ClusterAddress
{
    /// <summary>What it must be, to stand behind "must be".</summary>
    public const string Form = "host:port, as in 10.0.0.7:9292 or [::1]:9292";

    private const int MaxHostLength = 253;

    /// <summary>Whether a text is one; the port without leading zeros, so that one address has one form.</summary>
    public static bool IsValid(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1 || colon > MaxHostLength
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535
            || text[colon + 1] == '0')
            return false;
        var host = text[..colon];
        return host is ['[', .., ']']
            ? IPAddress.TryParse(host[1..^1], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            : !host.Contains(':', StringComparison.Ordinal) && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
    }
}
