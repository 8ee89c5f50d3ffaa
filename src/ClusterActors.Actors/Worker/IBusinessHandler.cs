namespace ClusterActors.Actors.Worker;

/// <summary>
/// Business code: what a user of ClusterActors writes. One handler serves all clients of a worker. Calls for one client never
/// overlap and keep the order of its messages; calls for different clients do overlap.
/// </summary>
public interface IBusinessHandler
{
    /// <summary>
    /// Whether no call ever blocks or takes long. Such a handler runs on the reader-writer loops themselves, which saves a hop to a
    /// worker thread; one that does block there holds up every client of that loop.
    /// </summary>
    bool NeverBlocks => false;

    /// <summary>The worker starts; called once, before any client.</summary>
    void Start(IBusinessHost host)
    {
    }

    /// <summary>A client has connected.</summary>
    void OnConnected(IClient client)
    {
    }

    /// <summary>
    /// A client sent a message. An exception closes that client with code 1011 (RFC 6455 section 7.4.1) and is logged.
    /// </summary>
    void OnMessage(IClient client, in ClientMessage message);

    /// <summary>
    /// Everything that was owed to a client by <see cref="IClient.Defer"/> is done: the time to send the answers. Runs on the
    /// reader-writer loop of the client, so it must neither block nor take long. Not called when the client has gone meanwhile.
    /// </summary>
    void OnSettled(IClient client)
    {
    }

    /// <summary>A client is gone; the last call for it.</summary>
    void OnDisconnected(IClient client)
    {
    }
}
