using System.Net;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// One listening port: opens its accept loop, tells its parent <see cref="PortEvents.Opened"/> or
/// <see cref="PortEvents.Failed"/>, and closes it when it stops. The connections it accepted go on.
/// </summary>
internal sealed class PortActor : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _io;
    private readonly IPEndPoint _endpoint;
    private readonly ListenSettings _settings;
    private readonly LoopGroup _loops;
    private readonly IConnectionFactory _factory;
    private AcceptLoop? _loop;

    public PortActor(IActorRef io, IPEndPoint endpoint, ListenSettings settings, LoopGroup loops, IConnectionFactory factory)
    {
        _io = io;
        _endpoint = endpoint;
        _settings = settings;
        _loops = loops;
        _factory = factory;
    }

    public static Props Props(IActorRef io, IPEndPoint endpoint, ListenSettings settings, LoopGroup loops, IConnectionFactory factory) =>
        Akka.Actor.Props.Create(() => new PortActor(io, endpoint, settings, loops, factory));

    protected override void PreStart()
    {
        Context.Watch(_io);
        _io.Tell(IoActor.WhenReady.Instance);
    }

    protected override void PostStop()
    {
        if (_loop is null)
            return;
        _loop.Dispose();
        _log.Info("Closed port {Port}", _loop.Endpoint.Port);
    }

    private void Fail(string reason)
    {
        Context.Parent.Tell(new PortEvents.Failed(reason));
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
            Fail(failure.Message);
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
                Fail($"port {_endpoint.Port} cannot be opened: the reader-writers could not be started");
                break;
            case Terminated:
                Context.Stop(Self);
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
}
