using System.Buffers;
using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Dispatch;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Transport.Connections;

/// <summary>
/// One TCP connection: hands what arrives to its <see cref="ConnectionActor"/>, and sends what the actor writes to
/// <see cref="Output"/> once the actor has returned. Every member is used on the thread of the loop that owns it.
/// </summary>
public sealed class Connection : IChannelHandler
{
    private enum Stage
    {
        /// <summary>Left when its actor starts.</summary>
        New,

        /// <summary>Left by Close, by the end of the stream while output waits, or by the end of it all.</summary>
        Open,

        /// <summary>The last output goes out. Left when it is sent.</summary>
        Flushing,

        /// <summary>All is sent and FIN as well. Left when the far end closes, or by the deadline.</summary>
        Lingering,

        /// <summary>The socket is closed.</summary>
        Ended,
    }

    private readonly Lane _lane;
    private readonly Socket _socket;
    private readonly ConnectionSettings _settings;
    private readonly ConnectionReader _reader;
    private readonly ConnectionWriter _writer;
    private ConnectionClock _clock;
    private IChannel? _channel;
    private Stage _stage = Stage.New;
    private ConnectionEnd _end = ConnectionEnd.ClosedHere;
    private bool _farEndClosed;
    private bool _tellsOfLowOutput;

    internal Connection(ConnectionId id, Lane lane, Socket socket, ConnectionSettings settings)
    {
        Id = id;
        _lane = lane;
        _socket = socket;
        _settings = settings;
        _reader = new ConnectionReader(this);
        _writer = new ConnectionWriter(this, settings);
        _clock = new ConnectionClock(lane.Loop.Now);
        Remote = Plain((IPEndPoint)socket.RemoteEndPoint!);
        LocalPort = ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Number of the connection in this process, for logs.</summary>
    public ConnectionId Id { get; }

    /// <summary>Address and port of the far end; an IPv4 address is shown as one even where a dual-stack port took it.</summary>
    public IPEndPoint Remote { get; }

    /// <summary>Port on this side.</summary>
    public int LocalPort { get; }

    /// <summary>Number of the lane it belongs to, which stays the same when the lane moves to another loop.</summary>
    public int LaneNumber => _lane.Number;

    /// <summary>
    /// Where to write what is to be sent. It goes out after the actor has handled its present message. What is written when
    /// nothing can be sent any more is dropped.
    /// </summary>
    public IBufferWriter<byte> Output
    {
        get
        {
            if (_stage >= Stage.Lingering)
                _writer.Forget();
            else
                _writer.Queue();
            return _writer.Buffer;
        }
    }

    /// <summary>Bytes written and not yet sent.</summary>
    public int PendingOutput => _writer.Length;

    /// <summary>Whether so little waits that more may be written for a far end that reads slowly: at most half of the high water.</summary>
    public bool IsOutputLow => _writer.IsBelowLowWater;

    /// <summary>Whether the connection is past the point where it takes input from the far end.</summary>
    public bool IsClosing => _stage >= Stage.Flushing;

    /// <summary>How long ago the last bytes arrived; time in which reading was paused does not count.</summary>
    public TimeSpan IdleTime => Loop.Elapsed(_clock.QuietSince);

    internal int Slot { get; set; } = -1;

    /// <summary>Where it is served now.</summary>
    internal IoLoop Loop => _lane.Loop;

    /// <summary>Asks for one call at the end of the loop's present round.</summary>
    public void AtRoundEnd(IRoundEnd gatherer) => Loop.AtRoundEnd(gatherer);

    /// <summary>Sends what was written now, so that it leaves apart from what is written after it.</summary>
    public void FlushOutput() => _writer.Flush();

    internal IActorRef Actor { get; set; } = ActorRefs.Nobody;

    internal bool IsPaused => _reader.IsPaused;

    internal bool DiscardsInput => _reader.IsDiscarding;

    /// <summary>Asks for one <see cref="ConnectionEvents.OutputRanLow"/>, once <see cref="IsOutputLow"/> has come to hold.</summary>
    public void TellWhenOutputIsLow() => _tellsOfLowOutput = true;

    /// <summary>Reads no more until <see cref="ResumeReading"/>; what is left of the bytes at hand comes again then.</summary>
    public void PauseReading() => _reader.Pause();

    /// <summary>Reads on.</summary>
    public void ResumeReading()
    {
        if (_reader.Resume())
            Heard();
    }

    /// <summary>Asks for one <see cref="ConnectionEvents.DeadlinePassed"/>; replaces an earlier deadline. <see langword="null"/> asks for none.</summary>
    public void SetDeadline(TimeSpan? after)
    {
        // A closing connection has a deadline of its own.
        if (!IsClosing)
            _clock.SetDeadline(Loop.At(after));
    }

    /// <summary>
    /// Asks for <see cref="ConnectionEvents.WentIdle"/>, once for each silence that lasts that long; set again, it is told again.
    /// <see langword="null"/> asks for none.
    /// </summary>
    public void SetIdleLimit(TimeSpan? limit) => _clock.SetIdleLimit(limit is { } value ? Loop.Ticks(value) : long.MaxValue);

    /// <summary>
    /// Sends what waits, then closes; the far end is given a short time to see it. Input is discarded from now on. The actor gets
    /// <see cref="ConnectionEvents.Disconnected"/> when it is done.
    /// </summary>
    /// <param name="limit">How long that may take at most; <see langword="null"/>: as long as the settings say.</param>
    public void Close(TimeSpan? limit = null)
    {
        if (_stage == Stage.New)
            Abort();
        if (_stage == Stage.Ended || _reader.IsDiscarding)
            return;
        _stage = Stage.Flushing;
        _end = ConnectionEnd.ClosedHere;
        _clock.SetDeadline(Loop.At(limit ?? _settings.CloseTimeout));
        _reader.Discard();
        _writer.Queue();
    }

    /// <summary>
    /// Closes at once, with a reset when something was still to be sent. The actor is told nothing: it is the one that asks, and
    /// stops by itself.
    /// </summary>
    public void Abort()
    {
        _reader.Discard();
        Release(reset: _stage < Stage.Lingering && _writer.Length > 0);
    }

    /// <inheritdoc/>
    void IChannelHandler.OnReadable(bool ending) => _reader.OnReadable(ending);

    /// <inheritdoc/>
    void IChannelHandler.OnWritable(int sent) => _writer.OnWritable(sent);

    /// <summary>Begins to read; called by the actor when it starts.</summary>
    internal void Open()
    {
        if (_stage == Stage.Ended)
            Actor.Tell(new ConnectionEvents.Disconnected(_end, SocketError.Success), ActorRefs.NoSender);
        if (_stage != Stage.New)
            return;
        _channel = Loop.Poller.Register(_socket, this);
        _stage = Stage.Open;
        _reader.Start(_channel);
        _writer.Start(_channel);
        if (_writer.Length > 0)
            _writer.Queue();
    }

    /// <summary>Whether a loop, on whose thread this is called, serves it; what a loop has queued for it before it went is out of date.</summary>
    internal bool IsAt(IoLoop loop) => _lane.Loop == loop;

    /// <summary>Its lane goes to another loop: the socket is not watched for a moment, and nothing is lost by that.</summary>
    internal void LeaveLoop()
    {
        if (_channel is not null)
            Loop.Poller.Detach(_channel);
    }

    /// <summary>Its lane has come to another loop.</summary>
    internal void ArriveAtLoop()
    {
        if (_channel is null || _stage == Stage.Ended)
            return;
        try
        {
            Loop.Poller.Attach(_channel);
        }
        catch (Win32Exception failure)
        {
            Broken(failure is SocketException socket ? socket.SocketErrorCode : SocketError.NoBufferSpaceAvailable);
            return;
        }

        _reader.QueueAgain();
        _writer.QueueAgain();
    }

    internal void Read() => _reader.Read();

    internal void Flush() => _writer.Flush();

    /// <summary>The actor has taken bytes: keeps the rest, and sends what it wrote.</summary>
    internal void Delivered(Received received, int consumed, int needed)
    {
        _reader.Delivered(received, consumed, needed);
        if (_writer.Length > 0)
            _writer.Flush();
    }

    /// <summary>Looks at the time limits; called about twice a second.</summary>
    internal void Sweep(long now)
    {
        if (_stage == Stage.New && Loop.Elapsed(_clock.QuietSince) > _settings.CloseTimeout)
            Abort();
        else if (_clock.IsStuckLongerThan(Loop.Ticks(_settings.SlowConsumerTimeout), now))
            TooSlow(SocketError.TimedOut);
        else if (_clock.TakeDeadline(now))
            PassDeadline();
        else if (_stage == Stage.Open && _reader.IsListening && _clock.TakeIdle(now))
            Actor.Tell(ConnectionEvents.WentIdle.Instance, ActorRefs.NoSender);
    }

    /// <summary>The far end lives: it has sent something, or could not be heard until now.</summary>
    internal void Heard() => _clock.Heard(Loop.Now);

    /// <summary>Some output has left.</summary>
    internal void Progressed()
    {
        _clock.Progressed();
        if (!_writer.IsBelowLowWater)
            return;
        if (_reader.Unchoke())
            Heard();
        if (!_tellsOfLowOutput)
            return;
        _tellsOfLowOutput = false;
        Actor.Tell(ConnectionEvents.OutputRanLow.Instance, ActorRefs.NoSender);
    }

    /// <summary>Output waits for the far end to read.</summary>
    internal void Stuck(bool aboveHighWater)
    {
        _clock.Stuck(Loop.Now);
        if (aboveHighWater && _stage == Stage.Open)
            _reader.Choke();
    }

    /// <summary>All output has left.</summary>
    internal void Flushed()
    {
        if (_stage != Stage.Flushing)
            return;
        _stage = Stage.Lingering;
        if (_farEndClosed)
            Disconnect(_end, SocketError.Success);
        else
            _channel!.ShutdownSend();
    }

    /// <summary>The far end sends no more. What it is still owed goes out before the connection ends.</summary>
    internal void EndOfStream(bool insideFrame)
    {
        _farEndClosed = true;
        if (_stage == Stage.Open)
            _end = insideFrame ? ConnectionEnd.EndOfStreamInsideFrame : ConnectionEnd.EndOfStream;
        if (_stage == Stage.Lingering || _writer.Length == 0)
            Disconnect(_end, SocketError.Success);
        else
            _stage = Stage.Flushing;
    }

    internal void Broken(SocketError error)
    {
        if (IsClosing)
            Disconnect(_end, _stage == Stage.Flushing ? error : SocketError.Success);
        else
            Disconnect(ConnectionEnd.Broken, error);
    }

    internal void TooSlow(SocketError error) => Disconnect(ConnectionEnd.SlowConsumer, error);

    private static IPEndPoint Plain(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;

    private void PassDeadline()
    {
        if (IsClosing)
            Disconnect(_end, SocketError.TimedOut);
        else
            Actor.Tell(ConnectionEvents.DeadlinePassed.Instance, ActorRefs.NoSender);
    }

    private void Disconnect(ConnectionEnd end, SocketError error)
    {
        if (_stage == Stage.Ended)
            return;
        Release(reset: end == ConnectionEnd.SlowConsumer);
        Actor.Tell(new ConnectionEvents.Disconnected(end, error), ActorRefs.NoSender);
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
        _reader.Release();
        _writer.Forget();
        _lane.Remove(this);
    }
}
