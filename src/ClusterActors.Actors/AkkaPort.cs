using System.Net;
using System.Net.Sockets;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors;

/// <summary>
/// The port of Akka.Remote. Akka opens it while the actor system is created, and has no better word for a port that is in use than a
/// hundred lines of nested exceptions.
/// </summary>
public static class AkkaPort
{
    /// <summary>Looks whether the port can be opened, by opening it for a moment. To be called before the actor system is created.</summary>
    /// <param name="settings">Names the port.</param>
    /// <exception cref="StartupException">It cannot.</exception>
    public static void Check(NodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.JoinsAkkaCluster || settings.AkkaPort == 0)
            return;
        var endpoint = EndpointOf(settings);
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(endpoint);
            socket.Listen();
        }
        catch (SocketException failure)
        {
            throw Explain(endpoint, failure);
        }
    }

    /// <summary>What a failed start of the actor system says of the port, which may have been taken since it was looked at.</summary>
    /// <param name="failure">What creating the system threw.</param>
    /// <param name="settings">Names the port.</param>
    /// <returns>The reason in words; null when the failure is about something else.</returns>
    public static StartupException? Explain(Exception failure, NodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(settings);
        return settings.JoinsAkkaCluster && SocketErrorIn(failure) is { } socket ? Explain(EndpointOf(settings), socket) : null;
    }

    private static IPEndPoint EndpointOf(NodeSettings settings) => SettingsMapping.Endpoint(settings.ClustersBindAddress, settings.AkkaPort);

    private static StartupException Explain(IPEndPoint endpoint, SocketException failure) => new(
        $"cannot listen on {endpoint} (akkaPort): " + failure.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "the port is in use by another program; choose another port or end that program",
            SocketError.AccessDenied => "the system does not allow this user to open it; ports below 1024 often need rights",
            _ => failure.Message,
        });

    private static SocketException? SocketErrorIn(Exception failure) => failure switch
    {
        SocketException socket => socket,
        AggregateException many => many.InnerExceptions.Select(SocketErrorIn).FirstOrDefault(socket => socket is not null),
        { InnerException: { } inner } => SocketErrorIn(inner),
        _ => null,
    };
}
