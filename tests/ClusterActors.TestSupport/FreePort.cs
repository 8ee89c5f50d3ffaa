using System.Net;
using System.Net.Sockets;

namespace ClusterActors.TestSupport;

/// <summary>Ports for programs that must be told theirs. Where a test opens the port itself, port 0 is better.</summary>
public static class FreePort
{
    // Below the range from which systems pick ports for outgoing connections (Linux: 32768 and up), so that none of those takes it.
    private const int First = 20_000;
    private const int Range = 12_000;

    private static int _next = Environment.ProcessId * 97 % Range;

    /// <summary>A port on which nobody listens now, and which no other call in this process gets.</summary>
    public static int Next()
    {
        for (var tries = 0; tries < Range; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Range);
            if (CanListen(port))
                return port;
        }

        throw new InvalidOperationException($"no free port from {First} to {First + Range}");
    }

    private static bool CanListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
