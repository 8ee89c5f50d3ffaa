using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Hosting;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Ports;
using ClusterActors.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>A whole node in this process, put into a host as a user would, on loopback and on any free ports.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private const string Basis = """
        clusterActors {
          host = "127.0.0.1", port = [0], clustersPort = 0, clustersServer = [], node = "node-1", akkaMember = off, akkaPort = 0
          report.interval = 100ms
          connection.closeTimeout = 500ms
          links { redialMin = 20ms, redialMax = 200ms }
          authority.lease = 30s
        }
        """;

    private const string Quiet = """
        akka { stdout-loglevel = OFF, loglevel = DEBUG, loggers = [], actor.ask-timeout = 30s }
        """;

    private readonly IHost _host;
    private readonly FakeTimeProvider? _time;
    private readonly TemporaryFiles _files;

    private TestNode(IHost host, NodeSettings settings, OpenPorts ports, FakeTimeProvider? time, TemporaryFiles files)
    {
        _host = host;
        _time = time;
        _files = files;
        Settings = settings;
        ClusterPort = ports.ClusterPort ?? 0;
        BusinessPorts = ports.BusinessPorts;
    }

    public NodeSettings Settings { get; }

    public int ClusterPort { get; }

    public ImmutableArray<int> BusinessPorts { get; }

    public int BusinessPort => BusinessPorts[0];

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    /// <summary>What the node has logged, from debug on.</summary>
    public ConcurrentQueue<string> Log { get; private init; } = new();

    /// <param name="hocon">Lies over a node of role 3 that manages itself; <c>clusterActors</c> is the section already.</param>
    /// <param name="handler">Business code.</param>
    /// <param name="time">A clock that stands still unless it is advanced; authority has its own.</param>
    /// <param name="prepare">Puts files where the node will look for them.</param>
    public static async Task<TestNode> StartAsync(
        string hocon = "", IBusinessHandler? handler = null, FakeTimeProvider? time = null, Action<NodeSettings>? prepare = null)
    {
        var files = new TemporaryFiles();
        try
        {
            var settings = NodeSettings.Create(
                ConfigurationFactory.ParseString($"clusterActors {{\n{hocon}\n}}")
                    .WithFallback(ConfigurationFactory.ParseString($"clusterActors.dataDirectory = \"{files.Root.Replace('\\', '/')}\""))
                    .WithFallback(ConfigurationFactory.ParseString(Basis)),
                "test");
            prepare?.Invoke(settings);
            return await StartAsync(settings, handler, time, files);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    private static async Task<TestNode> StartAsync(NodeSettings settings, IBusinessHandler? handler, FakeTimeProvider? time, TemporaryFiles files)
    {
        var startup = new Startup(settings.ClustersSwitch, settings.Ports.Count);
        var log = new ConcurrentQueue<string>();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAkka("test", akka => akka
            .WithActors((system, _) => KeepLog((ExtendedActorSystem)system, log))
            .AddClusterActors(settings, startup, handler, time)
            .AddHocon(ConfigurationFactory.ParseString(Quiet), HoconAddMode.Prepend));
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            var node = new TestNode(host, settings, await startup.Ready.WaitAsync(Eventually.Limit), time, files) { Log = log };
            if (settings is { ClustersSwitch: true, RunsManager: true, ClustersServer.Count: 0, ClustersWitness.Count: 0 })
                await node.HasLoggedAsync("holds management authority");
            return node;
        }
        catch
        {
            await host.StopAsync();
            host.Dispose();
            throw;
        }
    }

    // A system actor outlives the node's own, and so sees the last of what they log.
    private static void KeepLog(ExtendedActorSystem system, ConcurrentQueue<string> log) =>
        system.EventStream.Subscribe(system.SystemActorOf(LogKeeper.Props(log), "log-keeper"), typeof(LogEvent));

    /// <summary>A node of role 1 that reports to these managers.</summary>
    public static Task<TestNode> StartWorkerAsync(
        IEnumerable<int> managers,
        string hocon = "",
        IBusinessHandler? handler = null,
        FakeTimeProvider? time = null,
        Action<NodeSettings>? prepare = null) =>
        StartAsync(
            $"clustersRole = 1, clustersServer = [{string.Join(", ", managers.Select(port => $"\"127.0.0.1:{port}\""))}]\n{hocon}",
            handler,
            time,
            prepare);

    /// <summary>A node of role 2, which does no business work.</summary>
    public static Task<TestNode> StartManagerAsync(string hocon = "", FakeTimeProvider? time = null) =>
        StartAsync($"clustersRole = 2\n{hocon}", time: time);

    /// <summary>Leaves gracefully, as on SIGTERM.</summary>
    public Task LeaveAsync() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClrExitReason.Instance);

    /// <summary>Waits for a line in the log.</summary>
    public Task HasLoggedAsync(string part) =>
        Eventually.HoldsAsync(() => Log.Any(line => line.Contains(part, StringComparison.Ordinal)), $"a log line with: {part}");

    public async ValueTask DisposeAsync()
    {
        var end = System.Terminate();
        while (!end.IsCompleted)
        {
            // Connections that still close do so by the clock of the test.
            _time?.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(end, Task.Delay(20));
        }

        await _host.StopAsync();
        _host.Dispose();
        _files.Dispose();
    }
}
