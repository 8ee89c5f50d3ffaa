using System.Net;
using System.Net.Sockets;
using ClusterActors.Client;

namespace ClusterActors.Node.Tests.Client;

/// <summary>A far end on a free loopback port that does with each connection what its script says, byte for byte.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    // Only a test that fails waits so long.
    private readonly CancellationTokenSource _end = new(TimeSpan.FromSeconds(30));
    private readonly TcpListener _listener;
    private readonly Task _accepting;

    private ScriptedServer(IPAddress address, Func<ScriptedConnection, Task>[] scripts)
    {
        _listener = new TcpListener(address, 0);
        _listener.Start();

        // Whoever waits in the backlog is let go too, so that a failing test does not hang.
        _ = _end.Token.Register(_listener.Stop);
        _accepting = AcceptAsync(scripts);
    }

    public ServerAddress Address => new(Endpoint.Address.ToString(), Endpoint.Port);

    private IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>The first connection gets the first script and so on; further connections are not accepted.</summary>
    public static ScriptedServer Start(params Func<ScriptedConnection, Task>[] scripts) => new(IPAddress.Loopback, scripts);

    public static ScriptedServer Start(IPAddress address, params Func<ScriptedConnection, Task>[] scripts) => new(address, scripts);

    /// <summary>An address at which nobody listens.</summary>
    public static ServerAddress Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new ServerAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
    }

    /// <summary>Waits until every script was called and has run to its end.</summary>
    public Task PlayedAsync() => _accepting;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        try
        {
            await _accepting;
        }
        catch (OperationCanceledException)
        {
            // Scripts that were never called, or that waited for more than came.
        }

        _end.Dispose();
    }

    private async Task AcceptAsync(Func<ScriptedConnection, Task>[] scripts)
    {
        var running = new List<Task>();
        foreach (var script in scripts)
        {
            var socket = await _listener.AcceptSocketAsync(_end.Token);
            running.Add(RunAsync(script, socket));
        }

        await Task.WhenAll(running);
    }

    private async Task RunAsync(Func<ScriptedConnection, Task> script, Socket socket)
    {
        using var connection = new ScriptedConnection(socket, _end.Token);
        await script(connection);
    }
}
