using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Transport.Connections;

/// <summary>
/// One TCP connection: reads what arrives and hands it to its <see cref="ConnectionActor"/>, and sends what the actor writes to
/// <see cref="Output"/> once the actor has returned. Every member is used on the thread of the loop that owns it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Both buffers are given back when the connection ends, in Release.")]
public sealed class Connection : IChannelHandler
{
    private enum Stage
    {
        New,
        Open,
        Flushing,
        Lingering,
        Ended,
    }

    private readonly IoLoop _loop;
    private readonly Socket _socket;
    private readonly ConnectionSettings _settings;
    private readonly InputBuffer _input = new();
    private readonly OutputBuffer _output = new();
    private IActorRef _actor = ActorRefs.Nobody;
    private IChannel? _channel;
    private Stage _stage = Stage.New;
    private bool _readable;
    private bool _ending;
    private bool _paused;
    private bool _choked;
    private bool _delivering;
    private bool _redeliver;
    private bool _queuedToRead;
    private bool _queuedToFlush;
    private bool _idleTold;
    private int _needed;
    private long _deadline = long.MaxValue;
    private long _idleLimit = long.MaxValue;
    private long _stuckSince = long.MaxValue;
    private long _lastReceived;

    internal Connection(ConnectionId id, IoLoop loop, Socket socket, ConnectionSettings settings)
    {
        Id = id;
        _loop = loop;
        _socket = socket;
        _settings = settings;
        _lastReceived = loop.Now;
        Remote = (IPEndPoint?)socket.RemoteEndPoint ?? new IPEndPoint(IPAddress.None, 0);
        LocalPort = (socket.LocalEndPoint as IPEndPoint)?.Port ?? 0;
    }

    /// <summary>Number of the connection in this process, for logs.</summary>
    public ConnectionId Id { get; }

    /// <summary>Address and port of the far end.</summary>
    public IPEndPoint Remote { get; }

    /// <summary>Port on this side.</summary>
    public int LocalPort { get; }

    /// <summary>Number of the loop that owns it.</summary>
    public int LoopNumber => _loop.Number;

    /// <summary>Where to write what is to be sent. It goes out after the actor has handled its present message.</summary>
    public IBufferWriter<byte> Output
    {
        get
        {
            QueueFlush();
            return _output;
        }
    }

    /// <summary>Bytes written and not yet sent.</summary>
    public int PendingOutput => _output.Length;

    /// <summary>Whether the connection is past the point where it takes input from the far end.</summary>
    public bool IsClosing => _stage >= Stage.Flushing;

    internal int Slot { get; set; } = -1;

    /// <summary>Sends what was written now, so that it leaves apart from what is written after it.</summary>
    public void FlushOutput() => Flush();

    /// <summary>Reads no more until <see cref="ResumeReading"/>; what is left of the bytes at hand comes again then.</summary>
    public void PauseReading() => _paused = true;

    /// <summary>Reads on.</summary>
    public void ResumeReading()
    {
        if (!_paused)
            return;
        _paused = false;
        QueueRead();
    }

    /// <summary>Asks for one <see cref="ConnectionEvents.DeadlinePassed"/>; replaces an earlier deadline. <see langword="null"/> asks for none.</summary>
    public void SetDeadline(TimeSpan? after) => _deadline = _loop.At(after);

    /// <summary>Asks for <see cref="ConnectionEvents.WentIdle"/> whenever nothing arrived for that long. <see langword="null"/> asks for none.</summary>
    public void SetIdleLimit(TimeSpan? limit) => _idleLimit = limit is { } value ? _loop.Ticks(value) : long.MaxValue;

    /// <summary>How long ago the last bytes arrived.</summary>
    public TimeSpan IdleTime => _loop.Elapsed(_lastReceived);

    /// <summary>
    /// Sends what waits, then closes; the far end is given a short time to see it. Input is discarded from now on. The actor gets
    /// <see cref="ConnectionEvents.Disconnected"/> when it is done.
    /// </summary>
    public void Close()
    {
        if (IsClosing)
            return;
        if (_channel is null)
        {
            Abort();
            return;
        }

        _stage = Stage.Flushing;
        _deadline = _loop.At(_settings.CloseTimeout);
        _idleLimit = long.MaxValue;
        _paused = _choked = _redeliver = false;
        ReleaseInput();
        QueueFlush();
        QueueRead();
    }

    /// <summary>Closes at once, with a reset when something was still to be sent. The actor is told nothing.</summary>
    public void Abort() => Release(reset: _output.Length > 0);

    /// <inheritdoc/>
    void IChannelHandler.OnReadable(bool ending)
    {
        _readable = true;
        _ending |= ending;
        Read();
    }

    /// <inheritdoc/>
    void IChannelHandler.OnWritable(int sent)
    {
        if (sent > 0)
        {
            _output.Consume(sent);
            _stuckSince = _output.Length > 0 ? _loop.Now : long.MaxValue;
        }

        if (_output.Length > 0)
            Flush();
        else
            Flushed();
    }

    /// <summary>Begins to read; called by the actor when it starts.</summary>
    internal void Open(IActorRef actor)
    {
        if (_stage != Stage.New)
            return;
        _actor = actor;
        _stage = Stage.Open;
        _channel = _loop.Poller.Register(_socket, this);
    }

    /// <summary>Reads once, if it may; the loop calls it again when more is at hand, so that one connection cannot hold up the others.</summary>
    internal void Read()
    {
        _queuedToRead = false;
        if (_stage is Stage.Flushing or Stage.Lingering)
        {
            Discard();
            return;
        }

        if (_stage != Stage.Open || _paused || _choked || _delivering)
            return;
        if (_redeliver)
        {
            _redeliver = false;
            Deliver(_input.Array, _input.Length);
            return;
        }

        if (_readable)
            ReceiveOnce();
    }

    /// <summary>The actor has taken bytes: keeps the rest, and sends what it wrote.</summary>
    internal void Delivered(Received received, int consumed, int needed)
    {
        _delivering = false;
        _needed = needed;
        if (_stage == Stage.Open)
        {
            _input.Keep(received.Bytes[consumed..]);
            _redeliver = _paused && consumed < received.Bytes.Length;
            QueueRead();
        }
        else
        {
            _input.Dispose();
        }

        received.Release();
        if (_output.Length > 0)
            Flush();
    }

    /// <summary>Sends what waits.</summary>
    internal void Flush()
    {
        _queuedToFlush = false;
        if (_channel is null || _stage is Stage.Ended or Stage.Lingering)
            return;

        while (_output.Length > 0)
        {
            var result = _channel.Send(_output.Pending);
            if (result.Error == SocketError.WouldBlock)
            {
                Stuck();
                return;
            }

            if (result.Error != SocketError.Success)
            {
                Disconnect(ConnectionEnd.Broken, result.Error);
                return;
            }

            _output.Consume(result.Count);
            _stuckSince = long.MaxValue;
        }

        Flushed();
    }

    /// <summary>Looks at the deadlines; called about twice a second.</summary>
    internal void Sweep(long now)
    {
        if (_stage == Stage.New && _loop.Elapsed(_lastReceived) > _settings.CloseTimeout)
            Abort();
        else if (_stuckSince != long.MaxValue && now - _stuckSince > _loop.Ticks(_settings.SlowConsumerTimeout))
            Disconnect(ConnectionEnd.SlowConsumer, SocketError.TimedOut);
        else if (now >= _deadline)
            PassDeadline();
        else if (_idleLimit != long.MaxValue && now - _lastReceived > _idleLimit && _stage == Stage.Open && !_paused)
            TellIdle();
    }

    private void ReceiveOnce()
    {
        var held = _input.Length;
        var target = held > 0 ? _input.Room(_needed) : _loop.ReadBuffer;
        var result = _channel!.Receive(target);
        if (result.Error != SocketError.Success)
        {
            if (result.Error == SocketError.WouldBlock)
                DrainedInput();
            else
                Disconnect(ConnectionEnd.Broken, result.Error);
            return;
        }

        if (result.Count == 0)
        {
            Disconnect(held > 0 ? ConnectionEnd.EndOfStreamInsideFrame : ConnectionEnd.EndOfStream, SocketError.Success);
            return;
        }

        _lastReceived = _loop.Now;
        _idleTold = false;
        if (result.Count < target.Length && !_ending)
            DrainedInput();
        if (held > 0)
            _input.Appended(result.Count);
        Deliver(held > 0 ? _input.Array : _loop.ReadBuffer, held + result.Count);
    }

    private void DrainedInput()
    {
        _readable = false;
        _channel!.AwaitReadable();
    }

    private void Deliver(byte[] buffer, int length)
    {
        _delivering = true;
        var received = _loop.TakeReceived();
        received.Fill(this, buffer, length);
        _actor.Tell(received, ActorRefs.NoSender);
        if (received.Connection == this && _stage != Stage.Ended)
        {
            // The actor was already scheduled by somebody else's message and runs in a moment.
            received.Detach();
            return;
        }

        received.Release();
        _loop.GiveBack(received);
    }

    private void Discard()
    {
        while (_readable)
        {
            var result = _channel!.Receive(_loop.ReadBuffer);
            if (result.Error == SocketError.WouldBlock)
            {
                DrainedInput();
                return;
            }

            if (result.Error != SocketError.Success || result.Count == 0)
            {
                Disconnect(ConnectionEnd.ClosedHere, SocketError.Success);
                return;
            }
        }
    }

    private void Stuck()
    {
        if (_stuckSince == long.MaxValue)
            _stuckSince = _loop.Now;
        if (_output.Length > _settings.OutputLimit)
        {
            Disconnect(ConnectionEnd.SlowConsumer, SocketError.NoBufferSpaceAvailable);
            return;
        }

        _channel!.AwaitWritable(_output.Pending);
        _choked |= _stage == Stage.Open && _output.Length > _settings.OutputHighWater;
        Unchoke();
    }

    private void Flushed()
    {
        _stuckSince = long.MaxValue;
        if (_stage == Stage.Flushing)
        {
            _stage = Stage.Lingering;
            _channel!.ShutdownSend();
        }

        Unchoke();
    }

    private void Unchoke()
    {
        if (!_choked || _output.Length > _settings.OutputHighWater / 2)
            return;
        _choked = false;
        QueueRead();
    }

    private void PassDeadline()
    {
        _deadline = long.MaxValue;
        if (IsClosing)
            Disconnect(ConnectionEnd.ClosedHere, SocketError.TimedOut);
        else
            _actor.Tell(ConnectionEvents.DeadlinePassed.Instance, ActorRefs.NoSender);
    }

    private void TellIdle()
    {
        if (_idleTold)
            return;
        _idleTold = true;
        _actor.Tell(ConnectionEvents.WentIdle.Instance, ActorRefs.NoSender);
    }

    private void QueueRead()
    {
        if (_queuedToRead || _paused || _choked || !(_readable || _redeliver) || _stage is Stage.New or Stage.Ended)
            return;
        _queuedToRead = true;
        _loop.QueueRead(this);
    }

    private void QueueFlush()
    {
        if (_queuedToFlush || _stage == Stage.Ended)
            return;
        _queuedToFlush = true;
        _loop.QueueFlush(this);
    }

    private void Disconnect(ConnectionEnd end, SocketError error)
    {
        if (_stage == Stage.Ended)
            return;
        Release(reset: end == ConnectionEnd.SlowConsumer);
        _actor.Tell(new ConnectionEvents.Disconnected(end, error), ActorRefs.NoSender);
    }

    private void Release(bool reset)
    {
        if (_stage == Stage.Ended)
            return;
        _stage = Stage.Ended;
        if (_channel is not null)
            _channel.Close(reset);
        else
            _socket.Dispose();
        ReleaseInput();
        _output.Dispose();
        _loop.Remove(this);
    }

    private void ReleaseInput()
    {
        // The actor may be reading from it at this moment; then it is given back when the actor returns.
        if (!_delivering)
            _input.Dispose();
    }
}
