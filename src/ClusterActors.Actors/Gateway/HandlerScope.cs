using System.Buffers;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// What business code writes while it handles a client's messages on this thread: answers to that client, and messages to all.
/// Both go out when the batch is done.
/// </summary>
internal sealed class HandlerScope
{
    [ThreadStatic]
    private static HandlerScope? _ofThisThread;

    /// <summary>The scope of the calling thread.</summary>
    public static HandlerScope OfThisThread => _ofThisThread ??= new HandlerScope();

    /// <summary>Whose messages are being handled; <see langword="null"/> outside a handler's call.</summary>
    public ClientHandle? Client { get; private set; }

    /// <summary>Takes the frames for that client.</summary>
    public IBufferWriter<byte>? Answers { get; private set; }

    /// <summary>The batch its messages are in; <see langword="null"/> on a loop.</summary>
    public ClientBatch? Batch { get; private set; }

    /// <summary>Frames for all clients.</summary>
    public OutputBuffer ToAll { get; } = new();

    /// <summary>Begins to handle a client's messages.</summary>
    public void Enter(ClientHandle client, IBufferWriter<byte> answers, ClientBatch? batch = null)
    {
        Client = client;
        Answers = answers;
        Batch = batch;
    }

    /// <summary>Ends it.</summary>
    public void Leave()
    {
        Client = null;
        Answers = null;
        Batch = null;
    }
}
