using System.Net.Sockets;

namespace ClusterActors.Transport.Listening;

/// <summary>Options every connection gets, whichever side opened it.</summary>
internal static class SocketOptions
{
    private const int ProbeSeconds = 10;
    private const int Probes = 3;

    /// <summary>No delay for small writes, and probes of a silent far end.</summary>
    public static void Apply(Socket socket, TimeSpan keepAlive)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, Math.Max(1, (int)keepAlive.TotalSeconds));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
    }
}
