namespace ClusterActors.Actors.Gateway;

/// <summary>The open clients of one lane. Used on the thread of that lane's loop only.</summary>
internal sealed class ClientHub
{
    private readonly List<ClientActor> _clients = [];

    public void Add(ClientActor client)
    {
        client.HubSlot = _clients.Count;
        _clients.Add(client);
    }

    public void Remove(ClientActor client)
    {
        if (client.HubSlot < 0)
            return;
        var last = _clients[^1];
        _clients[client.HubSlot] = last;
        last.HubSlot = client.HubSlot;
        _clients.RemoveAt(_clients.Count - 1);
        client.HubSlot = -1;
    }

    public void Send(ReadOnlySpan<byte> frames)
    {
        foreach (var client in _clients)
            client.Deliver(frames);
    }
}
