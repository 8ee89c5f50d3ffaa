namespace ClusterActors.Actors.Worker;

/// <summary>Returns every message as it came (PROTOCOL.md section 8): handler <c>echo</c>.</summary>
public sealed class EchoHandler : IBusinessHandler
{
    /// <inheritdoc/>
    public bool NeverBlocks => true;

    /// <inheritdoc/>
    public void OnMessage(IClient client, in ClientMessage message) => client.Send(message.Kind, message.Payload);
}
