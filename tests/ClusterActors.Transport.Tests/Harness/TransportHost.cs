using System.Net;
using Akka.Actor;
using Akka.Configuration;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>An actor system with reader-writer loops and listening ports, on a clock that stands still unless it is advanced.</summary>
public sealed class TransportHost : IAsyncDisposable
{
    private readonly List<AcceptLoop> _ports = [];
    private readonly List<IActorRef> _probes = [];

    private IActorRef _io = ActorRefs.Nobody;
    private bool _disposed;

    private TransportHost(ConnectionSettings settings) => Group = new LoopGroup(settings);

    public ActorSystem System { get; } = ActorSystem.Create("test", ConfigurationFactory.ParseString("""
        akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }
        """));

    public LoopGroup Group { get; }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>What the accept loops have told.</summary>
    public Journal AcceptNews { get; } = new();

    public static async Task<TransportHost> StartAsync(PollEngine engine, int loops = 1, ConnectionSettings? settings = null)
    {
        var host = new TransportHost(settings ?? new ConnectionSettings());
        host._io = host.System.ActorOf(IoActor.Props(host.Group, loops, engine, host.Time), "io");
        await host._io.Ask<IoActor.Ready>(IoActor.WhenReady.Instance, Eventually.Limit);
        for (var loop = 0; loop < loops; loop++)
            host._probes.Add(host.System.ActorOf(Props.Create<LoopProbe>().WithDispatcher($"io-lane-{loop}")));
        return host;
    }

    /// <summary>Listens on IPv4 loopback, or on <paramref name="endpoint"/>.</summary>
    public AcceptLoop Listen(Func<Connection, Props> create, IPEndPoint? endpoint = null, ListenSettings? settings = null)
    {
        var owner = System.ActorOf(Props.Create(() => new JournalActor(AcceptNews)));
        var port = AcceptLoop.Open(
            endpoint ?? new IPEndPoint(IPAddress.Loopback, 0), settings ?? new ListenSettings(), Group, new DelegateFactory(create), owner);
        _ports.Add(port);
        return port;
    }

    /// <summary>Returns when every loop has been once through all of its round: what could be done before the call is done.</summary>
    public async Task RoundAsync()
    {
        foreach (var probe in _probes)
        {
            await probe.Ask<LoopProbe.Pass>(LoopProbe.Pass.Instance, Eventually.Limit);
            await probe.Ask<LoopProbe.Pass>(LoopProbe.Pass.Instance, Eventually.Limit);
        }
    }

    /// <summary>Moves the clock on and lets every loop see it.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        Time.Advance(time);
        await RoundAsync();
    }

    /// <summary>Stops the thread of a loop, one of those from the start, until the hold is disposed of.</summary>
    public async Task<LoopHold> HoldLoopAsync(int loop = 0)
    {
        var hold = new LoopHold();
        _probes[loop].Tell(hold);
        await hold.Held.WaitAsync(Eventually.Limit);
        return hold;
    }

    /// <summary>Stops the supervisor of the first lane; called while its loop is held.</summary>
    public void StopFirstLane() => System.Stop(((ExtendedActorSystem)System).Provider.ResolveActorRef(_io.Path / "lane-0"));

    /// <summary>Has so many loops from now on.</summary>
    internal Task<IoActor.Resized> ResizeAsync(int loops) => _io.Ask<IoActor.Resized>(new IoActor.Resize(loops), Eventually.Limit);

    /// <summary>Begins to have so many loops; on return every loop has been told what it has to do for that.</summary>
    internal async Task<Task<IoActor.Resized>> BeginResizeAsync(int loops)
    {
        var resizing = ResizeAsync(loops);
        await _io.Ask<IoActor.Ready>(IoActor.WhenReady.Instance, Eventually.Limit);
        return resizing;
    }

    /// <summary>Stops the loops; the ports stay open.</summary>
    public async Task StopLoopsAsync()
    {
        // Before the loops end: an actor outside of the supervisors could not stop without its thread.
        foreach (var probe in _probes)
            await probe.GracefulStop(Eventually.Limit);
        await _io.GracefulStop(Eventually.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var port in _ports)
            port.Dispose();
        foreach (var probe in _probes)
            await probe.GracefulStop(Eventually.Limit);
        await System.Terminate().WaitAsync(Eventually.Limit);
    }
}
