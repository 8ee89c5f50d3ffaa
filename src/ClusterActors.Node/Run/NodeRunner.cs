using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using ClusterActors.Actors;
using ClusterActors.Actors.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClusterActors.Node.Run;

/// <summary>Runs a node until SIGTERM or Ctrl-C: command <c>run</c>.</summary>
internal static class NodeRunner
{
    private const string SystemName = "cluster-actors";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>Starts a node, says when it is ready, and returns once it has left.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        try
        {
            var configuration = ConfigurationLoader.Load(options.ConfigFile, options.Sets);
            return await RunAsync(configuration, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ConfigurationException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return ExitCodes.Configuration;
        }
    }

    private static async Task<int> RunAsync(LoadedConfiguration configuration, CancellationToken cancellation)
    {
        var settings = configuration.Settings;
        var startup = new Startup(settings.ClustersSwitch, settings.Ports.Count);
        using var host = Build(configuration, startup);
        await host.StartAsync(cancellation).ConfigureAwait(false);
        try
        {
            var ports = await startup.Ready.WaitAsync(StartLimit, cancellation).ConfigureAwait(false);
            Announce(settings, ports, host.Services.GetRequiredService<ActorSystem>());
            await host.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
            return ExitCodes.Left;
        }
        catch (StartupException failure)
        {
            await Console.Error.WriteLineAsync($"The node cannot start: {failure.Message}").ConfigureAwait(false);
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return ExitCodes.NotUsable;
        }
    }

    private static IHost Build(LoadedConfiguration configuration, Startup startup)
    {
        // No defaults: appsettings files and environment variables of other programs must not change a node.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAkka(SystemName, akka => akka
            .AddClusterActors(configuration.Settings, startup)
            .AddHocon(configuration.Akka, HoconAddMode.Prepend));
        return builder.Build();
    }

    private static void Announce(NodeSettings settings, OpenPorts ports, ActorSystem system)
    {
        foreach (var warning in ConfigurationSummary.Warnings(settings))
            system.Log.Warning("{Warning}", warning);
        foreach (var line in Banner.Lines(settings, ports, Banner.OwnCommand()))
            Console.WriteLine(line);
        system.Log.Info(
            "ready: node {Node}, business ports {Ports}, cluster port {ClustersPort}",
            settings.Node,
            ports.BusinessPorts.IsEmpty ? "none" : string.Join(',', ports.BusinessPorts),
            ports.ClusterPort?.ToString(CultureInfo.InvariantCulture) ?? "none");
    }
}
