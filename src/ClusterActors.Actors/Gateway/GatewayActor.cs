using System.Net;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Configuration;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Dialing;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// The node's way to other servers: opens the cluster port (and the business ports of a manager-only server), dials every
/// manager, and hands each message to its duty.
/// </summary>
internal sealed class GatewayActor : UntypedActor
{
    private sealed class Factory(RequestContext context) : IConnectionFactory
    {
        public Props Props(Connection connection) => RequestActor.Props(connection, context);
    }

    private const string ClusterPort = "cluster-port";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly GatewayPlan _plan;
    private GatewaySettings _settings;
    private readonly HashSet<HostAndPort> _linked = [];

    public GatewayActor(GatewayPlan plan)
    {
        _plan = plan;
        _settings = plan.Settings;
    }

    public static Props Props(GatewayPlan plan) => Akka.Actor.Props.Create(() => new GatewayActor(plan));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Restart));

    protected override void PreStart()
    {
        var links = new RequestContext(_settings, _plan.Manager, _plan.Links, IsClusterPort: true, _plan.Time);
        if (_settings.ClusterEndpoint is { } own)
            Context.ActorOf(PortActor.Props(_plan.Io, own, _settings.Listen, _plan.Loops, new Factory(links)), ClusterPort);

        var portal = new Factory(links with { Places = _plan.PortalClients, IsClusterPort = false });
        for (var i = 0; i < _settings.PortalEndpoints.Count; i++)
            Context.ActorOf(PortActor.Props(_plan.Io, _settings.PortalEndpoints[i], _settings.Listen, _plan.Loops, portal), $"port-{i}");
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GatewayCommands.SendReport report:
                foreach (var child in Managers())
                    child.Tell(new LinkEvents.SendReport(report.Report));
                break;
            case GatewayCommands.Describe:
                Sender.Tell(new GatewayCommands.Status(_linked.Count + _plan.Links.Taken, _plan.Loops.Count));
                break;
            case GatewayEvents.ManagerLinked linked:
                _linked.Add(linked.Manager);
                _plan.Reporter()?.Tell(linked);
                break;
            case GatewayEvents.ManagerLost lost:
                _linked.Remove(lost.Manager);
                break;
            case PortEvents.Opened opened:
                Opened(opened.Port, Sender.Path.Name);
                break;
            case PortEvents.Failed failed:
                _log.Error("A port could not be opened: {Reason}", failed.Reason);
                _plan.Startup.Failed(failed.Reason);
                break;
            case GatewayCommands.Leave:
                foreach (var child in Context.GetChildren())
                    Context.Stop(child);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Opened(int port, string name)
    {
        if (name != ClusterPort)
        {
            _plan.Startup.BusinessPortOpened(port);
            return;
        }

        // Managers are told this port, which the system may have chosen.
        _settings = _settings with { ClusterEndpoint = new IPEndPoint(_settings.ClusterEndpoint!.Address, port) };
        _plan.Startup.ClusterPortOpened(port);
        Dial([.. ManagersToDial(port)]);
    }

    private void Dial(IReadOnlyList<HostAndPort> managers)
    {
        for (var i = 0; i < managers.Count; i++)
        {
            var dial = ManagerDialActor.Props(managers[i], _settings, new Dialer(_settings.Listen, _plan.Time), _plan.Loops, Random.Shared);
            Context.ActorOf(dial, $"manager-{i}");
        }
    }

    /// <summary>A server that is both reaches itself where it listens, which its address for others need not be.</summary>
    private IEnumerable<HostAndPort> ManagersToDial(int ownPort)
    {
        var bound = _settings.ClusterEndpoint!.Address;
        var reachable = bound.Equals(IPAddress.IPv6Any) || bound.Equals(IPAddress.Any) ? IPAddress.Loopback : bound;
        var own = new HostAndPort(reachable.ToString(), ownPort);
        var others = _settings.Managers.Where(manager => manager != own && manager != new HostAndPort(_settings.Host, ownPort));
        return _settings.ReportsToItself ? others.Append(own) : others;
    }

    private static IEnumerable<IActorRef> Managers() =>
        Context.GetChildren().Where(child => child.Path.Name.StartsWith("manager-", StringComparison.Ordinal));
}
