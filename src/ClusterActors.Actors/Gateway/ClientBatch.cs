using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using ClusterActors.Actors.Worker;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// The messages of one read of a client, on their way to a worker thread and back. A connection has one, used again and again:
/// while it is under way the connection is not read.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Reset gives the buffers back after every batch.")]
internal sealed class ClientBatch(ClientContext context, ClientHandle client, IActorRef actor)
    : IRunnable, INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    private readonly record struct Entry(MessageKind Kind, int Start, int Length);

    private readonly List<Entry> _entries = [];
    private readonly OutputBuffer _input = new();

    /// <summary>Messages in it.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether the handler is to be told first that the client has connected.</summary>
    public bool IsFirst { get; set; }

    /// <summary>Whether the handler is to be told at last that the client is gone.</summary>
    public bool IsLast { get; set; }

    /// <summary>Frames for the client, once the batch is done.</summary>
    public OutputBuffer Answers { get; } = new();

    /// <summary>What the handler threw, when it did; messages behind the one that caused it were not handled.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Adds a copy of a message.</summary>
    public void Add(MessageKind kind, ReadOnlySpan<byte> payload)
    {
        _entries.Add(new Entry(kind, _input.Length, payload.Length));
        payload.CopyTo(_input.GetSpan(payload.Length));
        _input.Advance(payload.Length);
    }

    /// <summary>Runs the handler for each message, on a worker thread; never throws.</summary>
    /// <returns>
    /// Whether it is done. If not, it tells so by itself: once everybody has what the handler sent to all.
    /// </returns>
    public bool Handle()
    {
        var scope = HandlerScope.OfThisThread;
        scope.Enter(client, Answers);
        try
        {
            CallHandler();
        }
        catch (Exception failure) when (IsLast)
        {
            context.Log.Error(failure, "Business code failed when client {Client} had gone", client.Id);
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
        finally
        {
            scope.Leave();
        }

        if (scope.ToAll.Length == 0)
            return true;
        context.Hubs.Publish(scope.ToAll, Run);
        return false;
    }

    /// <summary>Tells the connection that it can have its batch back; on the thread of its loop that needs no hop.</summary>
    public void Run() => actor.Tell(this, ActorRefs.NoSender);

    /// <inheritdoc/>
    public void Execute() => Run();

    /// <summary>Empties it for the next read.</summary>
    public void Reset()
    {
        _entries.Clear();
        _input.Dispose();
        Answers.Dispose();
        IsFirst = false;
        Failure = null;
    }

    private void CallHandler()
    {
        if (IsFirst)
            context.Handler.OnConnected(client);
        var input = _input.Pending;
        foreach (var entry in _entries)
            context.Handler.OnMessage(client, new ClientMessage(entry.Kind, input.Slice(entry.Start, entry.Length)));
        if (IsLast)
            context.Handler.OnDisconnected(client);
    }
}
