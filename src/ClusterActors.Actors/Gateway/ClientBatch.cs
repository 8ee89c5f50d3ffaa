using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using ClusterActors.Actors.Worker;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// The messages of one read of a client, on their way to a worker thread and back. A connection has one, used again and again:
/// while it is under way the connection is not read. It is under way until the handler has seen its messages and everything that
/// is owed for them is there; a batch whose handler owes nothing goes through all that without a shared counter.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Reset gives the buffers back after every batch.")]
internal sealed class ClientBatch(ClientContext context, ClientHandle client, IActorRef actor)
    : IRunnable, IDeferral, INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    private readonly record struct Entry(MessageKind Kind, int Start, int Length);

    private readonly List<Entry> _entries = [];
    private readonly OutputBuffer _input = new();
    private int _next;
    private int _owed;
    private bool _owes;
    private bool _postponed;

    /// <summary>Messages in it.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether the handler is to be told first that the client has connected.</summary>
    public bool IsFirst { get; set; }

    /// <summary>Whether the handler is to be told at last that the client is gone.</summary>
    public bool IsLast { get; set; }

    /// <summary>Whether the handler has deferred answers, and is to be told when they are there.</summary>
    public bool IsDeferred { get; private set; }

    /// <summary>Whether messages are left that the handler is yet to see: postponed ones, or because so many answers wait.</summary>
    public bool IsUnfinished => Failure is null && _next < _entries.Count;

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

    /// <summary>Runs the handler for each message that is left, on a worker thread; never throws.</summary>
    /// <returns>
    /// Whether it is done. If not, it tells so by itself: once everybody has what the handler sent to all, and everything that was
    /// deferred is there.
    /// </returns>
    public bool Handle()
    {
        var scope = HandlerScope.OfThisThread;
        scope.Enter(client, Answers, this);
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

        if (scope.ToAll.Length > 0)
        {
            Owe();
            context.Hubs.Publish(scope.ToAll, Done);
        }

        return !_owes || Interlocked.Decrement(ref _owed) == 0;
    }

    /// <summary>The handler owes an answer; called within its call.</summary>
    public IDeferral Defer()
    {
        IsDeferred = true;
        Owe();
        return this;
    }

    /// <summary>The handler wants the present message once more, later; called within its call.</summary>
    public void Postpone()
    {
        if (!IsDeferred)
            throw new InvalidOperationException("A message is postponed behind answers that are deferred; none is.");
        _postponed = true;
    }

    /// <inheritdoc/>
    public void Done()
    {
        if (Interlocked.Decrement(ref _owed) == 0)
            Run();
    }

    /// <summary>Tells the handler that what it deferred is there; on the thread of the client's loop, when the batch is back. Never throws.</summary>
    public void Settle()
    {
        var scope = HandlerScope.OfThisThread;
        scope.Enter(client, Answers);
        try
        {
            context.Handler.OnSettled(client);
        }
        catch (Exception failure)
        {
            Failure ??= failure;
        }
        finally
        {
            scope.Leave();
        }

        if (scope.ToAll.Length > 0)
            context.Hubs.Publish(scope.ToAll, static () => { });
    }

    /// <summary>Tells the connection that it can have its batch back; on the thread of its loop that needs no hop.</summary>
    public void Run() => actor.Tell(this, ActorRefs.NoSender);

    /// <inheritdoc/>
    public void Execute() => Run();

    /// <summary>The answers so far are taken: makes it ready for the messages that are left.</summary>
    public void Continue()
    {
        Answers.Dispose();
        IsDeferred = _owes = _postponed = false;
    }

    /// <summary>Empties it for the next read.</summary>
    public void Reset()
    {
        Continue();
        _entries.Clear();
        _input.Dispose();
        _next = 0;
        IsFirst = false;
        Failure = null;
    }

    private void Owe()
    {
        if (_owes)
        {
            Interlocked.Increment(ref _owed);
            return;
        }

        // One more for the handler itself: what is there before it has returned does not send the batch back.
        _owes = true;
        _owed = 2;
    }

    private void CallHandler()
    {
        if (IsFirst)
        {
            IsFirst = false;
            context.Handler.OnConnected(client);
        }

        var input = _input.Pending;
        while (_next < _entries.Count && Answers.Length <= context.OutputHighWater)
        {
            var entry = _entries[_next];
            _next++;
            context.Handler.OnMessage(client, new ClientMessage(entry.Kind, input.Slice(entry.Start, entry.Length)));
            if (!_postponed)
                continue;
            _next--;
            break;
        }

        if (IsLast)
            context.Handler.OnDisconnected(client);
    }
}
