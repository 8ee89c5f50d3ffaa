namespace ClusterActors.Actors.Worker;

/// <summary>Sends every message to all clients of the worker, the sender included (PROTOCOL.md section 8): handler <c>broadcast</c>.</summary>
public sealed class BroadcastHandler : IBusinessHandler
{
    private IBusinessHost? _host;

    /// <inheritdoc/>
    public bool NeverBlocks => true;

    /// <inheritdoc/>
    public void Start(IBusinessHost host) => _host = host;

    /// <inheritdoc/>
    public void OnMessage(IClient client, in ClientMessage message) => _host!.SendToAll(message.Kind, message.Payload);
}
