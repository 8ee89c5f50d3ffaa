namespace ClusterActors.Actors.Worker;

/// <summary>What a worker offers its business code.</summary>
public interface IBusinessHost
{
    /// <summary>Clients connected now.</summary>
    int ClientCount { get; }

    /// <summary>
    /// Sends a message to every client connected to this worker. From within a handler's call the client whose message is being
    /// handled is not read again until the message is on its way to all; elsewhere only few such messages may be under way.
    /// </summary>
    /// <returns>False when too many are under way: try again later.</returns>
    bool SendToAll(MessageKind kind, ReadOnlySpan<byte> payload);
}
