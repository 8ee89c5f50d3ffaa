using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Messages;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// One listening port: opens its accept loop, tells its parent <see cref="PortEvents.Opened"/> or <see cref="PortEvents.Failed"/>,
/// and closes it when it is told to or stops. The connections it accepted go on, unless it is closed to be drained. States: Opening
/// (left when it is open or cannot be), Listening (left by <see cref="PortCommands.Close"/>) and Emptying (left when the clients'
/// time is over).
/// </summary>
internal sealed class PortActor : UntypedActor, IWithTimers
{
    private sealed record TimeOver : INoSerializationVerificationNeeded
    {
        public static TimeOver Instance { get; } = new();
    }

    // Below this the close frame would hardly leave before the connection is cut.
    private static readonly TimeSpan ShortestDrain = TimeSpan.FromMilliseconds(250);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _io;
    private readonly IPEndPoint _endpoint;
    private readonly ListenSettings _settings;
    private readonly LoopGroup _loops;
    private readonly IConnectionFactory _factory;
    private readonly PortOpening? _opening;
    private AcceptLoop? _loop;

    public PortActor(
        IActorRef io, IPEndPoint endpoint, ListenSettings settings, LoopGroup loops, IConnectionFactory factory, PortOpening? opening)
    {
        _io = io;
        _endpoint = endpoint;
        _settings = settings;
        _loops = loops;
        _factory = factory;
        _opening = opening;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="io">The actor that owns the loops.</param>
    /// <param name="endpoint">Where to listen.</param>
    /// <param name="settings">How the socket is set up.</param>
    /// <param name="loops">Who is to own the connections.</param>
    /// <param name="factory">Which actor is to serve each.</param>
    /// <param name="opening">What its connections know of the port, where it can be drained.</param>
    public static Props Props(
        IActorRef io,
        IPEndPoint endpoint,
        ListenSettings settings,
        LoopGroup loops,
        IConnectionFactory factory,
        PortOpening? opening = null) =>
        Akka.Actor.Props.Create(() => new PortActor(io, endpoint, settings, loops, factory, opening));

    protected override void PreStart()
    {
        Context.Watch(_io);
        _io.Tell(IoActor.WhenReady.Instance);
    }

    protected override void PostStop() => CloseLoop();

    private static string CodeOf(ListenFailureException failure) => (failure.InnerException as SocketException)?.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => FailureCode.PortInUse,
        SocketError.AccessDenied => FailureCode.OutOfRange,
        _ => FailureCode.Internal,
    };

    private void CloseLoop()
    {
        if (_loop is null)
            return;
        _loop.Dispose();
        _log.Info("Closed port {Port}", _loop.Endpoint.Port);
        _loop = null;
    }

    private void Fail(string reason, string code)
    {
        Context.Parent.Tell(new PortEvents.Failed(reason, code));
        Context.Stop(Self);
    }

    private void Open()
    {
        try
        {
            _loop = AcceptLoop.Open(_endpoint, _settings, _loops, _factory, Self);
            _log.Info("Listening on {Endpoint}", _loop.Endpoint);
            Context.Parent.Tell(new PortEvents.Opened(_loop.Endpoint.Port));
        }
        catch (ListenFailureException failure)
        {
            Fail(failure.Message, CodeOf(failure));
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IoActor.Ready:
                Open();
                break;
            case Terminated when _loop is null:
                Fail($"port {_endpoint.Port} cannot be opened: the reader-writers could not be started", FailureCode.Internal);
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            case PortCommands.Close close when _loop is not null:
                Close(_loop.Endpoint.Port, close.DrainAfter);
                break;
            case AcceptEvents.Paused paused:
                _log.Warning("Port {Port} accepts nothing for a moment: {Reason}", paused.Port, paused.Reason);
                break;
            case AcceptEvents.Resumed resumed:
                _log.Info("Port {Port} accepts again", resumed.Port);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Emptying(object message)
    {
        switch (message)
        {
            case TimeOver:
                _loops.TellConnections(new PortOpening.Drained(_opening!, Goodbye: null));
                Context.Stop(Self);
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            case AcceptEvents.Paused or AcceptEvents.Resumed:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Close(int port, TimeSpan? drainAfter)
    {
        if (drainAfter is not { } time || _opening is null)
        {
            CloseLoop();
            Context.Parent.Tell(new PortEvents.Closed(port));
            Context.Stop(Self);
            return;
        }

        // Set first: a connection that is accepted right now sees it when it starts, or is told with the others.
        var goodbye = new FramedActor.SayGoodbye(CloseCode.GoingAway, $"port {port} of this server is being closed", Linger: time);
        _opening.Goodbye = goodbye;
        CloseLoop();
        Context.Parent.Tell(new PortEvents.Closed(port));
        _loops.TellConnections(new PortOpening.Drained(_opening, goodbye));
        Timers.StartSingleTimer(nameof(TimeOver), TimeOver.Instance, time < ShortestDrain ? ShortestDrain : time);
        Become(Emptying);
    }
}
