namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>A server of business data that specs share, each with keys of its own; messages may be longer than the longest value.</summary>
public sealed class OneServer : IAsyncLifetime, IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly DataServer _server;

    public OneServer() => _server = new DataServer(_folder.Path, "connection.maxMessageBytes=4MiB", "connection.outputLimit=8MiB");

    public int Port => _server.Port;

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();
}
