using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClusterActors.Client;

/// <summary>Where a server can be dialed: the cluster port of a manager or the business port of a worker.</summary>
/// <param name="Host">Name or IP address, an IPv6 address without brackets.</param>
/// <param name="Port">TCP port, 1-65535.</param>
public readonly record struct ServerAddress(string Host, int Port)
{
    private const string Form = "it must be host:port, as in 127.0.0.1:9292 or [::1]:9292";

    /// <summary>Reads <c>host:port</c>; an IPv6 address stands in brackets.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="address">The address, when it is one.</param>
    /// <param name="reason">Otherwise, in words, what is wrong and what would be right.</param>
    public static bool TryParse(string text, out ServerAddress address, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = default;
        reason = Read(text, ref address);
        return reason is null;
    }

    /// <summary><c>host:port</c>, an IPv6 address in brackets.</summary>
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static string? Read(string text, ref ServerAddress address)
    {
        // IPAddress also takes a port behind the brackets, so only what has none is a bare address.
        if (!text.StartsWith('[') && IPAddress.TryParse(text, out var bare) && bare.AddressFamily == AddressFamily.InterNetworkV6)
            return $"'{text}' is an IPv6 address without brackets; {Form}";
        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']'))
            return $"'{text}' has no port; {Form}";

        var (host, digits) = (text[..colon], text[(colon + 1)..]);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            return $"'{text}' has port '{digits}', which is no number from 1 to 65535; {Form}";
        var isBracketed = host is ['[', .., ']'];
        if (isBracketed)
            host = host[1..^1];
        if (isBracketed != IsIPv6(host) || Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return $"'{text}' names no host; {Form}";
        address = new ServerAddress(host, port);
        return null;
    }

    private static bool IsIPv6(string host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
}
