using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Configuration;
using ClusterActors.Protocol.Frames;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Dialing;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// Keeps one link to one manager. States: Dialing (left with a socket or a failure), Shaking (left when the handshake is done
/// or has failed), Linked (left when the link ends), Waiting (left when the pause is over), Leaving (ends with the actor, once
/// the link is closed). It never gives up.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing.")]
internal sealed class ManagerDialActor : UntypedActor, IWithTimers
{
    private sealed record Connected(Socket Socket) : INoSerializationVerificationNeeded;

    private sealed record NotConnected(string Reason) : INoSerializationVerificationNeeded;

    private sealed record Redial : INoSerializationVerificationNeeded
    {
        public static Redial Instance { get; } = new();
    }

    /// <summary>No loop has taken the socket: the far end was gone before one could.</summary>
    private sealed record NotTaken : INoSerializationVerificationNeeded
    {
        public static NotTaken Instance { get; } = new();
    }

    private sealed class Factory(GatewayPlan plan, DialProtocol protocol, IActorRef owner, string name) : IConnectionFactory
    {
        public Props Props(Connection connection) => DialedLinkActor.Props(connection, plan.Settings, protocol, owner, plan.Authority, name);
    }

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();
    private readonly HostAndPort _address;
    private readonly string _name;
    private readonly GatewayPlan _plan;
    private readonly GatewaySettings _settings;
    private readonly Dialer _dialer;
    private RedialBackoff _backoff;
    private bool _reports;
    private DialProtocol _protocol = DialProtocol.First;
    private IActorRef _link = ActorRefs.Nobody;
    private long _linkedAt;
    private string? _lastFailure;

    public ManagerDialActor(HostAndPort address, string name, bool reports, GatewayPlan plan)
    {
        _address = address;
        _name = name;
        _reports = reports;
        _plan = plan;
        _settings = plan.Settings;
        _dialer = new Dialer(_settings.Listen, plan.Time);
        _backoff = new RedialBackoff(_settings.RedialMin, _settings.RedialMax);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="address">Where to dial.</param>
    /// <param name="name">The far end's name among the voters; another than the address only for this very server.</param>
    /// <param name="reports">Whether it is a manager that this server reports to.</param>
    /// <param name="plan">The gateway.</param>
    public static Props Props(HostAndPort address, string name, bool reports, GatewayPlan plan) =>
        Akka.Actor.Props.Create(() => new ManagerDialActor(address, name, reports, plan));

    protected override void PreStart() => Dial();

    protected override void PostStop()
    {
        _stopping.Cancel();
        SayGoodbye();
    }

    protected override void OnReceive(object message) => Dialing(message);

    private void Dialing(object message)
    {
        switch (message)
        {
            case Connected connected:
                Shake(connected.Socket);
                break;
            case NotConnected failed:
                Wait(failed.Reason);
                break;
            case LinkEvents.Leave:
                _stopping.Cancel();
                Become(Leaving);
                break;
            default:
                OnStray(message);
                break;
        }
    }

    private void Shaking(object message)
    {
        switch (message)
        {
            case LinkEvents.Started started when _link.IsNobody():
                Follow(started.Link);
                break;
            case LinkEvents.Opened opened when opened.Link.Equals(_link):
                Link(opened);
                break;
            case LinkEvents.Ended ended when ended.Link.Equals(_link):
                _link = ActorRefs.Nobody;
                _protocol = _protocol.After(ended.Handshake);
                Wait(ended.Reason);
                break;
            case NotTaken:
                Wait("the connection was gone at once");
                break;
            case LinkEvents.Leave:
                SayGoodbye();
                Become(Leaving);
                break;
            default:
                OnStray(message);
                break;
        }
    }

    private void Linked(object message)
    {
        switch (message)
        {
            case LinkEvents.SendReport report:
                if (_reports)
                    _link.Tell(report);
                break;
            case LinkEvents.Reports when !_reports:
                _reports = true;
                Context.Parent.Tell(new GatewayEvents.ManagerLinked(_address));
                break;
            case LinkEvents.AskCluster ask:
                _link.Tell(ask);
                break;
            case LinkEvents.Ended ended when ended.Link.Equals(_link):
                Lose(ended.Reason);
                break;
            case LinkEvents.Leave:
                SayGoodbye();
                Become(Leaving);
                break;
            default:
                OnStray(message);
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
            case LinkEvents.Leave:
                Context.Stop(Self);
                break;
            default:
                OnStray(message);
                break;
        }
    }

    private void Leaving(object message)
    {
        switch (message)
        {
            case Connected connected:
                connected.Socket.Dispose();
                Context.Stop(Self);
                break;
            case LinkEvents.Started started:
                Follow(started.Link);
                SayGoodbye();
                break;
            case LinkEvents.Ended or NotConnected or NotTaken:
                _link = ActorRefs.Nobody;
                Context.Stop(Self);
                break;
        }
    }

    /// <summary>What may come in every state and matters in few.</summary>
    private void OnStray(object message)
    {
        switch (message)
        {
            case LinkEvents.Started late:
                // Its loop was so slow that it was given up: one link to a manager is enough.
                late.Link.Tell(Farewell);
                break;
            case LinkEvents.Reports:
                _reports = true;
                break;
            case LinkEvents.SendReport or LinkEvents.AskCluster or LinkEvents.Opened or LinkEvents.Ended:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static FramedActor.SayGoodbye Farewell { get; } = new(CloseCode.GoingAway, "this server is leaving");

    private void Dial()
    {
        Become(Dialing);
        _dialer.ConnectAsync(_address.Host, _address.Port, _settings.HandshakeTimeout, _stopping.Token)
            .PipeTo(Self, success: socket => new Connected(socket), failure: error => new NotConnected(Explain(error)));
    }

    private void Shake(Socket socket)
    {
        try
        {
            _plan.Loops.Adopt(socket, new Factory(_plan, _protocol, Self, _name));
        }
        catch (InvalidOperationException noLoop)
        {
            socket.Dispose();
            Wait(noLoop.Message);
            return;
        }

        Timers.StartSingleTimer(nameof(NotTaken), NotTaken.Instance, _settings.HandshakeTimeout);
        Become(Shaking);
    }

    private void Follow(IActorRef link)
    {
        Timers.Cancel(nameof(NotTaken));
        _link = link;

        // One that fails while it starts is stopped without a word.
        Context.WatchWith(link, new LinkEvents.Ended(link, "the connection failed", HandshakeEnd.Understood));
    }

    private void Link(LinkEvents.Opened opened)
    {
        _linkedAt = _plan.Time.GetTimestamp();
        _lastFailure = null;
        _log.Info(
            _reports && _settings.IsWorker ? "Reporting to the manager at {Manager}{Kind}" : "Linked to {Manager}{Kind}",
            _address,
            opened.IsCshBBrain ? ", an existing CshBBrain server: it gets the parameters it knows" : "");
        Become(Linked);
        Context.Parent.Tell(new GatewayEvents.ManagerLinked(_address));
    }

    private void Lose(string reason)
    {
        _link = ActorRefs.Nobody;
        _protocol = _protocol.AfterLink();
        _backoff = _backoff.Lost(_plan.Time.GetElapsedTime(_linkedAt));
        Context.Parent.Tell(new GatewayEvents.ManagerLost(_address));
        _log.Warning("Lost the manager at {Manager}: {Reason}; dialing again until it answers", _address, reason);
        _lastFailure = reason;
        Wait(reason);
    }

    private void SayGoodbye()
    {
        if (!_link.IsNobody())
            _link.Tell(Farewell);
    }

    private void Wait(string reason)
    {
        // The same failure every few seconds is news only once.
        if (reason == _lastFailure)
            _log.Debug("The manager at {Manager} still cannot be reached: {Reason}", _address, reason);
        else
            _log.Warning("Cannot reach the manager at {Manager}: {Reason}; dialing again until it answers", _address, reason);
        _lastFailure = reason;

        (var pause, _backoff) = _backoff.Fail(_plan.Random.NextDouble());
        Timers.StartSingleTimer(nameof(Redial), Redial.Instance, pause);
        Become(Waiting);
    }

    private static string Explain(Exception error) => error switch
    {
        OperationCanceledException => "no answer in time",
        AggregateException { InnerException: { } inner } => Explain(inner),
        _ => error.Message,
    };
}
