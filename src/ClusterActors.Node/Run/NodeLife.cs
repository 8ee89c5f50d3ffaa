using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using ClusterActors.Actors;
using ClusterActors.Actors.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClusterActors.Node.Run;

/// <summary>One life of a node: a host and its actor system, from their start to their end.</summary>
internal static class NodeLife
{
    private const string SystemName = "cluster-actors";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>Starts a node, says when it is ready, and returns once it has ended.</summary>
    /// <param name="configuration">What the node is to be.</param>
    /// <param name="isFirst">Whether to greet: a node that starts anew says only that it is ready.</param>
    /// <param name="stop">Tells it to leave.</param>
    public static async Task<NodeEnd> RunAsync(LoadedConfiguration configuration, bool isFirst, CancellationToken stop)
    {
        var settings = configuration.Settings;
        if (WhyNotToStart(settings) is { } reason)
            return new NodeEnd.NotStarted(reason);
        var startup = new Startup(settings.ClustersSwitch, settings.Ports.Count);
        using var host = Build(configuration, startup);
        try
        {
            var system = await StartAsync(host, settings, stop).ConfigureAwait(false);
            var ended = system.WhenTerminated;
            if (await Task.WhenAny(startup.Ready, ended).WaitAsync(StartLimit, stop).ConfigureAwait(false) != ended)
                Announce(settings, await startup.Ready.ConfigureAwait(false), system, isFirst);
            await host.WaitForShutdownAsync(stop).ConfigureAwait(false);
            return WhyEnded(system, stop);
        }
        catch (StoreBrokenException failure)
        {
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return new NodeEnd.StoreBroken(failure.Message);
        }
        catch (StartupException failure)
        {
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return new NodeEnd.NotStarted(failure.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return NodeEnd.Left.Instance;
        }
    }

    private static string? WhyNotToStart(NodeSettings settings)
    {
        try
        {
            AkkaPort.Check(settings);
            return null;
        }
        catch (StartupException failure)
        {
            return failure.Message;
        }
    }

    private static IHost Build(LoadedConfiguration configuration, Startup startup)
    {
        // No defaults: appsettings files and environment variables of other programs must not change a node.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddAkka(SystemName, akka => akka
            .AddClusterActors(configuration.Settings, startup)
            .AddHocon(configuration.Akka, HoconAddMode.Prepend));
        return builder.Build();
    }

    private static async Task<ActorSystem> StartAsync(IHost host, NodeSettings settings, CancellationToken stop)
    {
        try
        {
            await host.StartAsync(stop).ConfigureAwait(false);
            return host.Services.GetRequiredService<ActorSystem>();
        }
        catch (Exception failure) when (AkkaPort.Explain(failure, settings) is { } reason)
        {
            throw reason;
        }
    }

    private static NodeEnd WhyEnded(ActorSystem system, CancellationToken stop) => CoordinatedShutdown.Get(system).ShutdownReason switch
    {
        StoreBrokenReason broken => new NodeEnd.StoreBroken(broken.Why),
        _ when stop.IsCancellationRequested => NodeEnd.Left.Instance,
        CoordinatedShutdown.ClusterDowningReason => new NodeEnd.Ended("it was put out of the Akka.Cluster"),
        CoordinatedShutdown.ClusterLeavingReason => new NodeEnd.Ended("it was told to leave the Akka.Cluster"),
        var reason => new NodeEnd.Ended($"its actor system ended ({reason?.GetType().Name ?? "for no known reason"})"),
    };

    private static void Announce(NodeSettings settings, OpenPorts ports, ActorSystem system, bool isFirst)
    {
        foreach (var warning in ConfigurationSummary.Warnings(settings))
            system.Log.Warning("{Warning}", warning);
        foreach (var line in isFirst ? Banner.Lines(settings, ports, Banner.OwnCommand()) : [])
            Console.WriteLine(line);
        system.Log.Info(
            "ready: node {Node}, business ports {Ports}, cluster port {ClustersPort}, akka port {AkkaPort}",
            settings.Node,
            ports.BusinessPorts.IsEmpty ? "none" : string.Join(',', ports.BusinessPorts),
            ports.ClusterPort?.ToString(CultureInfo.InvariantCulture) ?? "none",
            ((ExtendedActorSystem)system).Provider.DefaultAddress.Port?.ToString(CultureInfo.InvariantCulture) ?? "none");
    }
}
