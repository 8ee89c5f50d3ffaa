using System.Net.Sockets;

namespace ClusterActors.Transport.Polling;

/// <summary>Outcome of one non-blocking receive or send.</summary>
/// <param name="Count">Bytes moved. A receive that succeeds with 0 is the end of the stream.</param>
/// <param name="Error"><see cref="SocketError.Success"/>, <see cref="SocketError.WouldBlock"/>, or why the connection is broken.</param>
public readonly record struct IoResult(int Count, SocketError Error)
{
    /// <summary>Nothing could be moved now.</summary>
    public static IoResult WouldBlock => new(0, SocketError.WouldBlock);
}
