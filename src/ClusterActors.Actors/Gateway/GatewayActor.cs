using System.Net;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Configuration;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// The node's way to other servers: opens the cluster port (and the business ports of a manager-only server), dials every
/// manager and voter, and hands each message to its duty. States: Serving (left by <see cref="GatewayCommands.Leave"/>) and Leaving.
/// </summary>
internal sealed class GatewayActor : UntypedActor
{
    private sealed class Factory(RequestContext context) : IConnectionFactory
    {
        public Props Props(Connection connection) => RequestActor.Props(connection, context);
    }

    private const string ClusterPort = "cluster-port";
    private const string ManagerPrefix = "manager-";

    // Whoever is told of managers by others, as he is of a handover, must not dial without end.
    private const int MostDials = 32;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly GatewayPlan _plan;
    private readonly GatewaySettings _settings;
    private readonly HashSet<HostAndPort> _linked = [];
    private readonly HashSet<IActorRef> _acceptors = [];
    private readonly List<IActorRef> _portals = [];
    private readonly Dictionary<HostAndPort, IActorRef> _dials = [];
    private GatewayPlan? _open;
    private VoterNames? _names;
    private HostAndPort? _self;
    private IActorRef _reporter = ActorRefs.Nobody;
    private IActorRef _membership = ActorRefs.Nobody;
    private IActorRef _leaver = ActorRefs.Nobody;

    public GatewayActor(GatewayPlan plan)
    {
        _plan = plan;
        _settings = plan.Settings;
    }

    private static IEnumerable<IActorRef> Dials =>
        Context.GetChildren().Where(child => child.Path.Name.StartsWith(ManagerPrefix, StringComparison.Ordinal));

    private SelfAddress Own => SelfAddress.Of(_open!.Settings);

    private int Links => _linked.Count + _plan.Links.Taken - (_self is { } self && _linked.Contains(self) ? 2 : 0);

    public static Props Props(GatewayPlan plan) => Akka.Actor.Props.Create(() => new GatewayActor(plan));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Restart));

    protected override void PreStart()
    {
        var links = new RequestContext(
            _settings, _plan.Manager, _plan.Links, IsClusterPort: true, _plan.Time, _plan.Gate, _plan.Authority, _plan.Cluster, Self);
        if (_settings.ClusterEndpoint is { } own)
            Listen(own, new Factory(links), ClusterPort);

        var portal = new Factory(links with { Places = _plan.PortalClients, IsClusterPort = false });
        for (var i = 0; i < _settings.PortalEndpoints.Count; i++)
            _portals.Add(Listen(_settings.PortalEndpoints[i], portal, $"port-{i}"));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GatewayCommands.SendReport report:
                foreach (var dial in Dials)
                    dial.Tell(new LinkEvents.SendReport(report.Report));
                break;
            case GatewayCommands.Describe:
                Sender.Tell(new GatewayCommands.Status(Links, _plan.Loops.Count, _acceptors.Count));
                break;
            case GatewayCommands.Subscribe:
                _reporter = Sender;
                foreach (var manager in _linked)
                    _reporter.Tell(new GatewayEvents.ManagerLinked(manager));
                break;
            case GatewayCommands.AskCluster ask:
                AskCluster(ask);
                break;
            case GatewayEvents.ClusterTold told:
                _membership.Tell(told);
                break;
            case GatewayEvents.ManagerLinked linked:
                _linked.Add(linked.Manager);
                _reporter.Tell(linked);
                break;
            case GatewayEvents.ManagerLost lost:
                _linked.Remove(lost.Manager);
                break;
            case PortEvents.Opened opened:
                Opened(opened.Port, Sender);
                break;
            case PortEvents.Failed failed:
                _log.Error("A port could not be opened: {Reason}", failed.Reason);
                _plan.Startup.Failed(failed.Reason);
                break;
            case Terminated ended:
                _acceptors.Remove(ended.ActorRef);
                break;
            case AuthorityEvents.Dial dial when _open is not null:
                Dial(dial);
                break;
            case GatewayCommands.Leave:
                Leave();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Leaving(object message)
    {
        switch (message)
        {
            case Terminated ended:
                _acceptors.Remove(ended.ActorRef);
                LeaveOn(ended.ActorRef);
                break;
            case GatewayCommands.Describe:
                Sender.Tell(new GatewayCommands.Status(Links, _plan.Loops.Count, _acceptors.Count));
                break;
            case GatewayEvents.ManagerLost lost:
                _linked.Remove(lost.Manager);
                break;
            case AuthorityEvents.Dial or GatewayCommands.AskCluster or GatewayEvents.ClusterTold:
                // Who leaves joins nothing any more.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void AskCluster(GatewayCommands.AskCluster ask)
    {
        _membership = Sender;
        HostAndPort[] managers = [.. _linked.Where(manager => manager != _self)];
        Sender.Tell(new GatewayEvents.ClusterAsked(managers));
        foreach (var manager in managers)
            _dials[manager].Tell(new LinkEvents.AskCluster(manager, ask.Known, Sender));
    }

    private IActorRef Listen(IPEndPoint endpoint, IConnectionFactory factory, string name) =>
        Context.Watch(Context.ActorOf(PortActor.Props(_plan.Io, endpoint, _settings.Listen, _plan.Loops, factory), name));

    private void Opened(int port, IActorRef acceptor)
    {
        _acceptors.Add(acceptor);
        if (acceptor.Path.Name == ClusterPort)
            Join(port);
        else
            _plan.Startup.BusinessPortOpened(_portals.IndexOf(acceptor), port);
    }

    /// <summary>Others are told the cluster port, and a server that is both dials it itself: now that it is open, both is possible.</summary>
    private void Join(int port)
    {
        if (_open is not null)
            return;
        _plan.Startup.ClusterPortOpened(port);
        _open = _plan with { Settings = _settings with { ClusterEndpoint = new IPEndPoint(_settings.ClusterEndpoint!.Address, port) } };
        _names = VoterNames.Of(_settings, Own);
        if (_settings.IsWorker && _settings.IsManager)
            DialSelf();
        foreach (var other in _settings.Managers.Concat(_settings.Witnesses).Where(other => !Own.Is(other)))
            Dial(other, _settings.Managers.Contains(other));
        _plan.Authority?.Tell(new AuthorityCommands.Open(_names.Own, _names.Voters, _names.Rank));
    }

    /// <summary>Another server takes part in authority, or becomes a manager: whoever was not known at the start.</summary>
    private void Dial(AuthorityEvents.Dial dial)
    {
        if (dial.Name == _names?.Own)
            DialSelf();
        else if (HostAndPort.TryParse(dial.Name, out var address) && !Own.Is(address))
            Dial(address, dial.Reports);
    }

    private void DialSelf()
    {
        _self = Own.Dialed;
        Dial(Own.Dialed, reports: true, _names!.Own);
    }

    private void Dial(HostAndPort address, bool reports, string? name = null)
    {
        if (_dials.TryGetValue(address, out var known))
        {
            if (reports)
                known.Tell(LinkEvents.Reports.Instance);
        }
        else if (_dials.Count >= MostDials)
        {
            _log.Warning("{Address} is not linked: {Count} servers are already", address, _dials.Count);
        }
        else
        {
            var props = ManagerDialActor.Props(address, name ?? address.ToString(), reports, _open!);
            _dials[address] = Context.Watch(Context.ActorOf(props, $"{ManagerPrefix}{_dials.Count}"));
        }
    }

    private void Leave()
    {
        _leaver = Sender;
        Become(Leaving);
        foreach (var dial in Dials)
            dial.Tell(LinkEvents.Leave.Instance);
        LeaveOn(ActorRefs.Nobody);
    }

    /// <summary>Takes the next step: ports stay open until every manager knows that nobody is to be sent here any more.</summary>
    /// <param name="ended">A child that has ended but may still be listed.</param>
    private void LeaveOn(IActorRef ended)
    {
        if (Dials.Any(dial => !dial.Equals(ended)))
            return;
        foreach (var acceptor in Context.GetChildren())
            Context.Stop(acceptor);
        if (_acceptors.Count == 0)
            _leaver.Tell(GatewayEvents.Left.Instance);
    }
}
