using System.Collections.Concurrent;
using System.Text;
using ClusterActors.Actors.Worker;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>Business code whose calls the test writes; without a script it returns every message. Keeps a journal of all calls.</summary>
internal sealed class ScriptedHandler(bool neverBlocks) : IBusinessHandler
{
    private IBusinessHost? _host;

    public bool NeverBlocks => neverBlocks;

    public IBusinessHost Host => _host!;

    public Action<IClient>? Connected { get; init; }

    /// <summary>Gets the client and the message as text.</summary>
    public Action<IClient, string>? Message { get; init; }

    public Action<IClient>? Settled { get; init; }

    public Action<IClient>? Disconnected { get; init; }

    /// <summary>Every call in order, as <c>id call</c>.</summary>
    public ConcurrentQueue<string> Journal { get; } = new();

    /// <summary>Clients in the order they connected.</summary>
    public ConcurrentQueue<IClient> Clients { get; } = new();

    public IReadOnlyList<string> JournalOf(IClient client) =>
        [.. Journal.Where(line => line.StartsWith($"{client.Id} ", StringComparison.Ordinal)).Select(line => line[$"{client.Id} ".Length..])];

    public void Start(IBusinessHost host) => _host = host;

    public void OnConnected(IClient client)
    {
        Journal.Enqueue($"{client.Id} connected");
        Clients.Enqueue(client);
        Connected?.Invoke(client);
    }

    public void OnMessage(IClient client, in ClientMessage message)
    {
        var text = Encoding.UTF8.GetString(message.Payload);
        Journal.Enqueue($"{client.Id} {text}");
        if (Message is null)
            client.Send(message.Kind, message.Payload);
        else
            Message(client, text);
    }

    public void OnSettled(IClient client)
    {
        Journal.Enqueue($"{client.Id} settled");
        Settled?.Invoke(client);
    }

    public void OnDisconnected(IClient client)
    {
        Journal.Enqueue($"{client.Id} disconnected");
        Disconnected?.Invoke(client);
    }
}
