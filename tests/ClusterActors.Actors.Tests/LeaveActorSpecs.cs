using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Gateway;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Tests;

/// <summary>Authority is handed over before anything else of a node leaves. Akka's scheduler stands still until it is moved.</summary>
public sealed class LeaveActorSpecs : TestKit
{
    private static readonly Config Hocon = ConfigurationFactory.ParseString(
        "akka { loglevel = OFF, stdout-loglevel = OFF, scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\" }");

    private readonly TestProbe _authority;
    private readonly TestProbe _gateway;

    public LeaveActorSpecs()
        : base(Hocon)
    {
        _authority = CreateTestProbe();
        _gateway = CreateTestProbe();
    }

    private IActorRef Leave(IActorRef? authority) => Sys.ActorOf(
        LeaveActor.Props(TestActor, authority, _gateway, null, new LoopGroup(new ConnectionSettings()), () => { }));

    [Fact]
    public async Task The_managers_are_told_goodbye_only_when_authority_is_handed_over()
    {
        var leave = Leave(_authority);
        await _authority.ExpectMsgAsync<AuthorityCommands.Leave>();
        leave.Tell(GatewayEvents.Left.Instance); // nobody asked for that yet
        await _gateway.ExpectNoMsgAsync(TimeSpan.Zero);

        _authority.Reply(AuthorityEvents.Left.Instance);

        await _gateway.ExpectMsgAsync<GatewayCommands.Leave>();
    }

    [Fact]
    public async Task An_authority_that_says_nothing_is_waited_for_three_seconds()
    {
        var leave = Leave(_authority);
        await _authority.ExpectMsgAsync<AuthorityCommands.Leave>();
        var scheduler = (TestScheduler)Sys.Scheduler;
        scheduler.Advance(TimeSpan.FromSeconds(2.9));
        leave.Tell(new Identify(1), TestActor); // what came before it is done
        await ExpectMsgAsync<ActorIdentity>();
        await _gateway.ExpectNoMsgAsync(TimeSpan.Zero);

        scheduler.Advance(TimeSpan.FromSeconds(0.2));

        await _gateway.ExpectMsgAsync<GatewayCommands.Leave>();
    }

    [Fact]
    public async Task A_server_without_authority_begins_with_the_goodbye()
    {
        Leave(null);

        await _gateway.ExpectMsgAsync<GatewayCommands.Leave>();
    }
}
