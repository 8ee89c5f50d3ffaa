using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Configuration;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Dialing;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// Keeps one link to one manager. States: Dialing (left with a socket or a failure), Shaking (left when the handshake is done
/// or has failed), Linked (left when the link ends), Waiting (left when the pause is over). It never gives up.
/// </summary>
internal sealed class ManagerDialActor : UntypedActor, IWithTimers
{
    private sealed record Connected(Socket Socket) : INoSerializationVerificationNeeded;

    private sealed record NotConnected(string Reason) : INoSerializationVerificationNeeded;

    private sealed record Redial : INoSerializationVerificationNeeded
    {
        public static Redial Instance { get; } = new();
    }

    private sealed class Factory(GatewaySettings settings, string protocol, IActorRef owner) : IConnectionFactory
    {
        public Props Props(Connection connection) => DialedLinkActor.Props(connection, settings, protocol, owner);
    }

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HostAndPort _address;
    private readonly GatewaySettings _settings;
    private readonly Dialer _dialer;
    private readonly LoopGroup _loops;
    private readonly Random _random;
    private RedialBackoff _backoff;
    private string _protocol = HandshakeRequest.Clusters;
    private IActorRef _link = ActorRefs.Nobody;
    private string? _lastFailure;

    public ManagerDialActor(HostAndPort address, GatewaySettings settings, Dialer dialer, LoopGroup loops, Random random)
    {
        _address = address;
        _settings = settings;
        _dialer = dialer;
        _loops = loops;
        _random = random;
        _backoff = new RedialBackoff(settings.RedialMin, settings.RedialMax);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(HostAndPort address, GatewaySettings settings, Dialer dialer, LoopGroup loops, Random random) =>
        Akka.Actor.Props.Create(() => new ManagerDialActor(address, settings, dialer, loops, random));

    protected override void PreStart() => Dial();

    protected override void PostStop()
    {
        if (!_link.IsNobody())
            _link.Tell(new FramedActor.SayGoodbye(CloseCode.GoingAway, "this server is leaving"));
    }

    protected override void OnReceive(object message) => Dialing(message);

    private void Dialing(object message)
    {
        switch (message)
        {
            case Connected connected:
                _loops.Adopt(connected.Socket, new Factory(_settings, _protocol, Self));
                Become(Shaking);
                break;
            case NotConnected failed:
                Wait(failed.Reason);
                break;
            case LinkEvents.SendReport:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Shaking(object message)
    {
        switch (message)
        {
            case LinkEvents.Opened opened:
                Link(opened);
                break;
            case LinkEvents.Ended ended:
                if (ended.Unanswered)
                    _protocol = Other(_protocol);
                Wait(ended.Reason);
                break;
            case LinkEvents.SendReport:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Linked(object message)
    {
        switch (message)
        {
            case LinkEvents.SendReport report:
                _link.Tell(report);
                break;
            case LinkEvents.Ended ended when ended.Link.Equals(_link):
                _log.Warning("Lost the manager at {Manager}: {Reason}; dialing again until it answers", _address, ended.Reason);
                _link = ActorRefs.Nobody;
                _lastFailure = ended.Reason;
                Context.Parent.Tell(new GatewayEvents.ManagerLost(_address));
                Wait(ended.Reason);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Waiting(object message)
    {
        switch (message)
        {
            case Redial:
                Dial();
                break;
            case LinkEvents.SendReport or LinkEvents.Ended:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Dial()
    {
        Become(Dialing);
        _dialer.ConnectAsync(_address.Host, _address.Port, _settings.HandshakeTimeout)
            .PipeTo(Self, success: socket => new Connected(socket), failure: error => new NotConnected(Explain(error)));
    }

    private void Link(LinkEvents.Opened opened)
    {
        _link = opened.Link;
        _backoff = _backoff.Succeed();
        _lastFailure = null;
        _log.Info(
            "Reporting to the manager at {Manager}{Kind}",
            _address,
            opened.IsCshBBrain ? ", an existing CshBBrain server: it gets the parameters it knows" : "");
        Become(Linked);
        Context.Parent.Tell(new GatewayEvents.ManagerLinked(_address));
    }

    private void Wait(string reason)
    {
        // The same failure every few seconds is news only once.
        if (reason == _lastFailure)
            _log.Debug("The manager at {Manager} still cannot be reached: {Reason}", _address, reason);
        else
            _log.Warning("Cannot reach the manager at {Manager}: {Reason}; dialing again until it answers", _address, reason);
        _lastFailure = reason;

        (var pause, _backoff) = _backoff.Fail(_random.NextDouble());
        Timers.StartSingleTimer(nameof(Redial), Redial.Instance, pause);
        Become(Waiting);
    }

    private static string Other(string protocol) =>
        protocol == HandshakeRequest.Clusters ? HandshakeRequest.CshBBrain : HandshakeRequest.Clusters;

    private static string Explain(Exception error) => error switch
    {
        OperationCanceledException => "no answer in time",
        AggregateException { InnerException: { } inner } => Explain(inner),
        _ => error.Message,
    };
}
