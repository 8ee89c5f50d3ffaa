using System.Buffers;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Threads;
using ClusterActors.Protocol.Frames;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// A client of a worker's business port, raw or WebSocket (PROTOCOL.md sections 1, 2 and 7). Its messages go to business code
/// in batches of one read each: in place when the handler never blocks, otherwise to the worker thread of the connection.
/// </summary>
internal sealed class ClientActor : AcceptedActor
{
    /// <summary>Everything the handler wrote to all clients has reached them.</summary>
    private sealed record SentToAll : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static SentToAll Instance { get; } = new();
    }

    /// <summary>Worker threads retire: whoever is on one of them moves to another.</summary>
    internal sealed record ThreadsWithdrawn : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static ThreadsWithdrawn Instance { get; } = new();
    }

    private readonly ClientContext _context;
    private readonly ClientHub _hub;
    private readonly ClientHandle _handle;
    private ThreadSeat _seat;
    private ClientBatch? _batch;
    private bool _busy;
    private bool _awaitsOutput;
    private bool _wasOpen;
    private bool _isCshBBrain;

    public ClientActor(Connection connection, ClientContext context)
        : base(connection, context.Settings, context.Clients, takesHttp: true)
    {
        _context = context;
        _hub = context.Hubs.Of(connection.LaneNumber);
        _handle = new ClientHandle(connection, Self, context.OutputLimit);
        _seat = new ThreadSeat(context.Threads);
    }

    public static Props Props(Connection connection, ClientContext context) =>
        Akka.Actor.Props.Create(() => new ClientActor(connection, context));

    /// <summary>Place in the <see cref="ClientHub"/>, -1 when not in it.</summary>
    internal int HubSlot { get; set; } = -1;

    protected override bool IsBusy => _busy;

    // Clients of that kind choke on a ping (PROTOCOL.md section 5).
    protected override bool ProbesIdle => !_isCshBBrain;

    /// <summary>Writes frames that are for all clients.</summary>
    internal void Deliver(ReadOnlySpan<byte> frames)
    {
        if (IsOpen && !Connection.IsClosing)
            Connection.Output.Write(frames);
    }

    protected override void PreStart()
    {
        base.PreStart();
        if (_context.Opening.Goodbye is { } goodbye)
            Self.Tell(goodbye, ActorRefs.NoSender);
    }

    protected override void PostStop()
    {
        _hub.Remove(this);
        _handle.Gone();
        if (_wasOpen)
            SayDisconnected();
        base.PostStop();
    }

    protected override void OnAccepted(Peer peer)
    {
        _isCshBBrain = peer.IsCshBBrain;
        if (peer.Lease is { } lease)
            _context.Worker.Tell(new WorkerEvents.LeaseClaimed(lease));
    }

    protected override void OnOpened()
    {
        _wasOpen = true;
        _hub.Add(this);
        if (_context.RunsOnLoop)
            OnLoop(static (handler, client) => handler.OnConnected(client));
        else
            Batch().IsFirst = true;
    }

    protected override void OnFrame(FrameEventKind kind, ReadOnlySpan<byte> payload)
    {
        var messageKind = kind == FrameEventKind.Text ? MessageKind.Text : MessageKind.Binary;
        if (_context.RunsOnLoop)
            Handle(new ClientMessage(messageKind, payload));
        else
            Batch().Add(messageKind, payload);
    }

    protected override void OnReadEnd()
    {
        if (_context.RunsOnLoop)
            PublishWhatWasWritten();
        else if (_batch is { } batch && !_busy && (batch.Count > 0 || batch.IsFirst))
            HandOver(batch);
    }

    protected override void OnDisconnected(ConnectionEvents.Disconnected disconnected)
    {
        if (disconnected.End == ConnectionEnd.SlowConsumer)
            LogTooSlow();
    }

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case ClientBatch batch:
                TakeBack(batch);
                break;
            case SentToAll:
                GoOn();
                break;
            case PortOpening.Drained drained:
                if (drained.Opening == _context.Opening)
                    LeavePort(drained.Goodbye);
                break;
            case ConnectionEvents.OutputRanLow when _awaitsOutput:
                GoOnWith(_batch!);
                break;
            case ConnectionEvents.OutputRanLow:
                break;
            case ThreadsWithdrawn when _seat.Thread is not null && (!_busy || _awaitsOutput):
                _seat.Settle();
                break;
            case ThreadsWithdrawn:
                // It settles when its batch is back.
                break;
            case ClientHandle.Push push:
                _handle.Pushed(push.Length);
                Deliver(push.Frames.Pending);
                push.Frames.Dispose();
                break;
            case ClientHandle.Overrun:
                LogTooSlow();
                Context.Stop(Self);
                break;
            case ClientHandle.CloseAsked asked:
                CloseWith(CloseCode.Normal, asked.Reason);
                break;
            default:
                base.OnMessage(message);
                break;
        }
    }

    private void LeavePort(SayGoodbye? goodbye)
    {
        if (goodbye is null)
            Context.Stop(Self);
        else
            base.OnMessage(goodbye);
    }

    private void Handle(in ClientMessage message)
    {
        var scope = HandlerScope.OfThisThread;
        scope.Enter(_handle, Connection.Output);
        try
        {
            _context.Handler.OnMessage(_handle, message);
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        finally
        {
            scope.Leave();
        }
    }

    private void OnLoop(Action<IBusinessHandler, IClient> call)
    {
        var scope = HandlerScope.OfThisThread;
        scope.Enter(_handle, Connection.Output);
        try
        {
            call(_context.Handler, _handle);
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        finally
        {
            scope.Leave();
        }
    }

    private void PublishWhatWasWritten()
    {
        var toAll = HandlerScope.OfThisThread.ToAll;
        if (toAll.Length == 0)
            return;
        _busy = true;
        Connection.PauseReading();
        var self = Self;
        _context.Hubs.Publish(toAll, () => self.Tell(SentToAll.Instance, ActorRefs.NoSender));
    }

    private ClientBatch Batch() => _batch ??= new ClientBatch(_context, _handle, Self);

    private void HandOver(ClientBatch batch)
    {
        if (_seat.Settle() is not { } thread)
        {
            CloseWith(CloseCode.GoingAway, "this server is leaving");
            return;
        }

        _busy = true;
        Connection.PauseReading();
        WorkerOutbox.OfThisThread.Add(thread, batch, Connection);
    }

    private void TakeBack(ClientBatch batch)
    {
        if (batch.IsDeferred)
            batch.Settle();
        if (batch.Answers.Length > 0 && !Connection.IsClosing)
            Connection.Output.Write(batch.Answers.Pending);
        if (batch.Failure is { } failure)
            Fail(failure);
        batch.Continue();
        GoOnWith(batch);
    }

    // What is left of a batch waits until the client has taken most of the answers so far: they may be many times as long as the questions.
    private void GoOnWith(ClientBatch batch)
    {
        var unfinished = batch.IsUnfinished && !Connection.IsClosing;
        _awaitsOutput = unfinished && !Connection.IsOutputLow;
        if (_awaitsOutput)
        {
            Connection.TellWhenOutputIsLow();
        }
        else if (unfinished)
        {
            _busy = false;
            HandOver(batch);
        }
        else
        {
            batch.Reset();
            _seat.Settle();
            GoOn();
        }
    }

    private void GoOn()
    {
        _busy = false;
        Connection.ResumeReading();
        CloseWhenIdle();
    }

    private void Fail(Exception failure)
    {
        Log.Error(failure, "Business code failed for client {Client} from {Remote}: the client is closed", _handle.Id, _handle.Remote);
        CloseWith(CloseCode.InternalError, "the server failed to handle a message");
    }

    private void LogTooSlow() => Log.Info("Closed client {Client} from {Remote}: it does not take what is sent to it", _handle.Id, _handle.Remote);

    private void SayDisconnected()
    {
        if (_context.RunsOnLoop)
        {
            OnLoop(static (handler, client) => handler.OnDisconnected(client));
            _context.Hubs.Publish(HandlerScope.OfThisThread.ToAll, static () => { });
            return;
        }

        // Its own batch, since the client's last one may still be under way; the thread takes it after that one.
        if ((_seat.Thread ?? _seat.Settle()) is { } thread)
            WorkerOutbox.OfThisThread.Add(thread, new ClientBatch(_context, _handle, ActorRefs.Nobody) { IsLast = true }, Connection);
    }
}
