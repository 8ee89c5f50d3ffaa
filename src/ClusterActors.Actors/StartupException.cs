using System.Net.Sockets;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors;

/// <summary>A node cannot start because of something outside it, such as a port that is in use.</summary>
/// <param name="message">What and why, in words.</param>
public sealed class StartupException(string message) : Exception(message)
{
    /// <summary>What a failed start of the actor system says of the port of Akka.Remote, which is opened while the system is created.</summary>
    /// <param name="failure">What creating the system threw.</param>
    /// <param name="settings">Names the port.</param>
    /// <returns>The reason in words; null when the failure is about something else.</returns>
    public static StartupException? OfAkkaPort(Exception failure, NodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.JoinsAkkaCluster || SocketErrorIn(failure) is not { } socket)
            return null;
        var endpoint = SettingsMapping.Endpoint(settings.ClustersBindAddress, settings.AkkaPort);
        var reason = socket.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "the port is in use",
            SocketError.AccessDenied => "this user must not open it",
            _ => socket.Message,
        };
        return new StartupException($"cannot listen on {endpoint}: {reason} (akkaPort)");
    }

    private static SocketException? SocketErrorIn(Exception failure) => failure switch
    {
        SocketException socket => socket,
        AggregateException many => many.InnerExceptions.Select(SocketErrorIn).FirstOrDefault(socket => socket is not null),
        { InnerException: { } inner } => SocketErrorIn(inner),
        _ => null,
    };
}
