using System.Net;
using System.Net.Sockets;

namespace ClusterActors.TestSupport;

/// <summary>A bare listening port on loopback: when it accepts is up to the test.</summary>
public sealed class TcpPort : IDisposable
{
    private readonly TcpListener _listener;

    private TcpPort(TcpListener listener) => _listener = listener;

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Opens a port; 0 is any free one.</summary>
    public static TcpPort Open(int port = 0)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return new TcpPort(listener);
    }

    /// <summary>Takes the next connection.</summary>
    /// <exception cref="TimeoutException">Nobody came.</exception>
    public async Task<TcpPeer> AcceptAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        try
        {
            var socket = await _listener.AcceptSocketAsync(limit.Token).ConfigureAwait(false);
            socket.NoDelay = true;
            return new TcpPeer(socket);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"nobody connected within {Eventually.Limit.TotalSeconds} s");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
