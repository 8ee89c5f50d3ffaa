using System.Net;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Configuration;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// The node's way to other servers: opens the cluster port (and the business ports of a manager-only server), dials every
/// manager, and hands each message to its duty. States: Serving (left by <see cref="GatewayCommands.Leave"/>) and Leaving.
/// </summary>
internal sealed class GatewayActor : UntypedActor
{
    private sealed class Factory(RequestContext context) : IConnectionFactory
    {
        public Props Props(Connection connection) => RequestActor.Props(connection, context);
    }

    private const string ClusterPort = "cluster-port";
    private const string ManagerPrefix = "manager-";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly GatewayPlan _plan;
    private readonly GatewaySettings _settings;
    private readonly HashSet<HostAndPort> _linked = [];
    private readonly HashSet<IActorRef> _acceptors = [];
    private readonly List<IActorRef> _portals = [];
    private HostAndPort? _self;
    private IActorRef _reporter = ActorRefs.Nobody;
    private IActorRef _leaver = ActorRefs.Nobody;

    public GatewayActor(GatewayPlan plan)
    {
        _plan = plan;
        _settings = plan.Settings;
    }

    private static IEnumerable<IActorRef> Dials =>
        Context.GetChildren().Where(child => child.Path.Name.StartsWith(ManagerPrefix, StringComparison.Ordinal));

    private int Links => _linked.Count + _plan.Links.Taken - (_self is { } self && _linked.Contains(self) ? 2 : 0);

    public static Props Props(GatewayPlan plan) => Akka.Actor.Props.Create(() => new GatewayActor(plan));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Restart));

    protected override void PreStart()
    {
        var links = new RequestContext(_settings, _plan.Manager, _plan.Links, IsClusterPort: true, _plan.Time);
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
            default:
                Unhandled(message);
                break;
        }
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

    /// <summary>Managers are told the cluster port, and a server that is both dials it itself: now that it is open, both is possible.</summary>
    private void Join(int port)
    {
        if (Dials.Any())
            return;
        _plan.Startup.ClusterPortOpened(port);
        var plan = _plan with { Settings = _settings with { ClusterEndpoint = new IPEndPoint(_settings.ClusterEndpoint!.Address, port) } };
        var self = SelfAddress.Of(plan.Settings);
        _self = _settings.ReportsToItself ? self.Dialed : null;
        var managers = self.Managers(_settings.Managers, _settings.ReportsToItself);
        for (var i = 0; i < managers.Count; i++)
            Context.Watch(Context.ActorOf(ManagerDialActor.Props(managers[i], plan), $"{ManagerPrefix}{i}"));
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
