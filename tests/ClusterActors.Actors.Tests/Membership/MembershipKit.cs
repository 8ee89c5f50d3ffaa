using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterActors.Actors.Membership;
using ClusterActors.Actors.Tests.Configuration;
using ClusterActors.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Membership;

/// <summary>
/// A membership in a real actor system with a real Akka.Cluster on loopback; the test plays gateway, manager and authority. Its clock stands
/// until it is moved, its seconds come from Akka's scheduler.
/// </summary>
public abstract class MembershipKit : TestKit
{
    // Faster than a node, so that a test need not wait: who is silent is missed after half a second.
    private static readonly Config Fast = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = INFO, stdout-loglevel = OFF, log-dead-letters = off
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          cluster { gossip-interval = 100ms, leader-actions-interval = 100ms, unreachable-nodes-reaper-interval = 100ms }
          cluster.failure-detector { heartbeat-interval = 100ms, acceptable-heartbeat-pause = 500ms, expected-response-after = 100ms }
          remote.log-remote-lifecycle-events = off
        }
        """);

    private readonly FakeTimeProvider _time = new();
    private readonly List<ActorSystem> _others = [];
    private bool _holds;

    protected MembershipKit()
        : base(ConfigOf("self"), "fleet")
    {
        Gateway = CreateTestProbe();
        Manager = CreateTestProbe();
        Duty = new ManagerDuty(() => Manager);
        Membership = Sys.ActorOf(MembershipActor.Props(Gateway, Duty, Published, () => _holds, _time), "membership");
    }

    private protected ManagerDuty Duty { get; }

    private protected LivingCluster Published { get; } = new();

    protected TestProbe Gateway { get; }

    protected TestProbe Manager { get; }

    protected IActorRef Membership { get; }

    protected string Self => Akka.Cluster.Cluster.Get(Sys).SelfAddress.ToString();

    protected void Hold() => _holds = true;

    protected void Advance(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Waits until it asks, and answers for the gateway that nobody is linked.</summary>
    protected async Task AskNobody()
    {
        await Gateway.ExpectMsgAsync<Actors.Gateway.GatewayCommands.AskCluster>(Eventually.Limit);
        Membership.Tell(new Actors.Gateway.GatewayEvents.ClusterAsked([]), Gateway);
    }

    /// <summary>It forms a cluster as the holder of authority.</summary>
    protected async Task Form()
    {
        Hold();
        await AskNobody();
        Advance(10);
        await Eventually.HoldsAsync(() => Published.Current.Members.Contains(Self), "it is a member");
    }

    /// <summary>Another actor system of the fleet, not in a cluster.</summary>
    protected ActorSystem Another(string node)
    {
        var system = ActorSystem.Create("fleet", ConfigOf(node));
        _others.Add(system);
        return system;
    }

    /// <summary>Waits for news of a server, passing over others.</summary>
    private protected async Task Hears(Actors.Manager.ManagerEvents.IMemberEvent news) =>
        await Manager.FishForMessageAsync(message => news.Equals(message), Eventually.Limit);

    protected override void AfterAll()
    {
        foreach (var other in _others)
            other.Terminate();
        base.AfterAll();
    }

    private static Config ConfigOf(string node) => Fast
        .WithFallback(ConfigurationFactory.ParseString("akka.coordinated-shutdown { exit-clr = off, run-by-clr-shutdown-hook = off, run-by-actor-system-terminate = off }"))
        .WithFallback(AkkaClusterConfig.Of(Loading.Sets($"node={node}", "akkaPort=0")))
        .WithFallback(DefaultConfig);
}
