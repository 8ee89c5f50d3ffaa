using System.Net;
using Akka.Actor;
using Akka.Configuration;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Gateway;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>A gateway with its loops and a cluster port, and a manager that the test plays.</summary>
internal sealed class LinkHost : IAsyncDisposable
{
    private LinkHost(ActorSystem system, FakeTimeProvider time, LoopGroup loops)
    {
        System = system;
        Manager = new ScriptedActor(system, "manager");
        Authority = new ScriptedActor(system, "authority");
        Time = time;
        Loops = loops;
    }

    public ActorSystem System { get; }

    public ScriptedActor Manager { get; }

    /// <summary>Is told nothing unless the host was started with it.</summary>
    public ScriptedActor Authority { get; }

    /// <summary>Stands still unless it is advanced.</summary>
    public FakeTimeProvider Time { get; }

    public LoopGroup Loops { get; }

    public AuthorityGate Gate { get; } = Gates.Open();

    public IActorRef Gateway { get; private set; } = ActorRefs.Nobody;

    public int Port { get; private set; }

    public static GatewaySettings Settings => new()
    {
        Node = "node-1",
        Host = "127.0.0.1",
        ClusterEndpoint = new IPEndPoint(IPAddress.Loopback, 0),
    };

    public static async Task<LinkHost> StartAsync(GatewaySettings? settings = null, bool withAuthority = false)
    {
        var system = ActorSystem.Create("links", ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }"));
        var time = new FakeTimeProvider();
        var loops = new LoopGroup(new ConnectionSettings());
        var host = new LinkHost(system, time, loops);
        var io = system.ActorOf(IoActor.Props(loops, 1, PollEngine.Auto, time), "io");
        var startup = new Startup(clusterPort: true, businessPorts: 0);
        var manager = new ManagerDuty(() => host.Manager.Ref);
        manager.Begin();
        var plan = new GatewayPlan(
            settings ?? Settings, io, loops, new Budget(100), new Budget(100), manager, startup, time, Random.Shared, host.Gate,
            withAuthority ? host.Authority.Ref : null);
        host.Gateway = system.ActorOf(GatewayActor.Props(plan), "gateway");
        host.Port = (await startup.Ready.WaitAsync(Eventually.Limit)).ClusterPort!.Value;
        return host;
    }

    public async ValueTask DisposeAsync() => await System.Terminate().WaitAsync(Eventually.Limit);
}
