using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ClusterActors.Actors.Configuration;

/// <summary>Address of a server that can be dialed.</summary>
public readonly partial record struct HostAndPort
{
    /// <summary>Makes an address.</summary>
    /// <param name="host">IP address without brackets, or DNS name.</param>
    /// <param name="port">TCP port, 1-65535.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is neither an IP address nor a DNS name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public HostAndPort(string host, int port)
    {
        if (!IsHost(host))
        {
            throw new ArgumentException($"'{host}' is neither an IP address nor a DNS name.", nameof(host));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        Host = host;
        Port = port;
    }

    /// <summary>IP address without brackets, or DNS name.</summary>
    public string Host { get; }

    /// <summary>TCP port, 1-65535.</summary>
    public int Port { get; }

    /// <summary>Reads <c>host:port</c>; an IPv6 address stands in brackets, as in <c>[::1]:9292</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, when it is one.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out HostAndPort address)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = default;
        var colon = text.LastIndexOf(':');
        if (colon < 1
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > IPEndPoint.MaxPort)
        {
            return false;
        }

        var host = text[..colon];
        var bracketed = host is ['[', .., ']'];
        host = bracketed ? host[1..^1] : host;

        // Without the brackets nobody can tell where an IPv6 address ends and its port begins.
        if (!IsHost(host) || bracketed != host.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        address = new HostAndPort(host, port);
        return true;
    }

    /// <summary>The address as it is written in a configuration, IPv6 in brackets.</summary>
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Whether the text is an IP address or a DNS name (RFC 1123 section 2.1).</summary>
    internal static bool IsHost(string text)
    {
        if (IPAddress.TryParse(text, out var ip))
        {
            // TryParse also takes "1" and "127.1" for IPv4; in a configuration those are slips.
            return ip.AddressFamily == AddressFamily.InterNetworkV6 ? text[0] != '[' : text == ip.ToString();
        }

        return text.Length <= 253 && DnsName().IsMatch(text) && !text.All(character => char.IsAsciiDigit(character) || character == '.');
    }

    [GeneratedRegex(@"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\z")]
    private static partial Regex DnsName();
}
