using System.Net.Sockets;
using ClusterActors.Transport.Listening;

namespace ClusterActors.Transport.Dialing;

/// <summary>Opens TCP connections to other servers.</summary>
public sealed class Dialer(ListenSettings settings, TimeProvider time)
{
    /// <summary>Connects to a host and port; tries every address the name stands for, IPv6 and IPv4.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">Port.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellation">Ends the attempt early.</param>
    /// <exception cref="SocketException">Nobody listens there, or the name is unknown.</exception>
    /// <exception cref="OperationCanceledException">The time is over, or the attempt was ended.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, TimeSpan timeout, CancellationToken cancellation = default)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var end = cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, limit.Token).ConfigureAwait(false);

            // Only now: each further address that is tried gets a new system socket, without the options of the first.
            SocketOptions.Apply(socket, settings.KeepAlive);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
