using ClusterActors.Actors.Worker;

namespace ClusterActors.Actors.Data;

/// <summary>
/// Serves the entries of this worker to clients (PROTOCOL.md section 8): handler <c>data</c>. Runs on worker threads, since reads may wait
/// for the disk; for writes nobody waits.
/// </summary>
/// <param name="store">Where the entries are.</param>
public sealed class DataHandler(IDataStore store) : IBusinessHandler
{
    private readonly WatchTable _watches = new();

    /// <inheritdoc/>
    public void Start(IBusinessHost host) => store.Listen(_watches);

    /// <inheritdoc/>
    public void OnConnected(IClient client) => client.State = new DataSession(client, store, _watches);

    /// <inheritdoc/>
    public void OnMessage(IClient client, in ClientMessage message) => SessionOf(client).Handle(message);

    /// <inheritdoc/>
    public void OnSettled(IClient client) => SessionOf(client).Settle();

    /// <inheritdoc/>
    public void OnDisconnected(IClient client) => SessionOf(client).End();

    private static DataSession SessionOf(IClient client) => (DataSession)client.State!;
}
