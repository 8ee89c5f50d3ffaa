using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;
using static ClusterActors.Actors.Manager.ManagerEvents;
using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Tests.Manager;

/// <summary>Akka's scheduler and the manager's clock both stand still until <see cref="Advance"/> moves them together.</summary>
public abstract class ManagerActorKit : TestKit
{
    private static readonly Config Hocon = ConfigurationFactory.ParseString(
        """
        akka.loglevel = DEBUG
        akka.loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        """);

    private readonly FakeTimeProvider _time = new();

    protected ManagerActorKit()
        : base(Hocon) =>
        Manager = Sys.ActorOf(
            ManagerActor.Props(ManagerDriver.Settings, _time, new Random(20), Gate, Sys.ActorOf(AuthorityStub.Props(), "authority")), "manager");

    private protected AuthorityGate Gate { get; } = Gates.Open();

    protected IActorRef Manager { get; }

    protected void Advance(TimeSpan time)
    {
        _time.Advance(time);
        ((TestScheduler)Sys.Scheduler).Advance(time);
    }

    protected static ServerReported Reported(long link, ServerReport report) =>
        new(new LinkedServer(new LinkId(link), PeerKind.ClusterActors, "10.0.0.1", 9292), report);

    protected async Task Report(long link, ServerReport report)
    {
        Manager.Tell(Reported(link, report), TestActor);
        await ExpectMsgAsync(new ReportTaken(new LinkId(link)));
    }

    protected async Task<FleetView> View()
    {
        Manager.Tell(new ViewFleet(), TestActor);
        return await ExpectMsgAsync<FleetView>();
    }
}
