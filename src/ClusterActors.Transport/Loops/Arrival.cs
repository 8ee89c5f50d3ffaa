using System.Net.Sockets;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Loops;

/// <summary>A connected socket on its way to the loop that is to own it.</summary>
/// <param name="Socket">The socket.</param>
/// <param name="Factory">Which actor is to serve it.</param>
/// <param name="Admission">Released once the loop has taken the socket, or nobody will.</param>
internal sealed record Arrival(Socket Socket, IConnectionFactory Factory, SemaphoreSlim? Admission)
{
    /// <summary>Closes a socket that no loop takes.</summary>
    public void TurnAway()
    {
        Socket.Dispose();
        Admission?.Release();
    }
}
