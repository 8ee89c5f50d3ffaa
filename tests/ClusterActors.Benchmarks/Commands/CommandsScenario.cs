using System.Diagnostics;
using ClusterActors.Benchmarks.Fleets;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Benchmarks.Commands;

/// <summary>
/// An operator who changes a worker by one command after the other, each undone by the next, over a link that is open already;
/// clients are connected and silent meanwhile.
/// </summary>
internal static class CommandsScenario
{
    /// <summary>Runs the scenario and prints one line of <c>key=value</c> per kind of command.</summary>
    /// <returns>0; 1 when a command was not executed, or a client was lost.</returns>
    public static async Task<int> RunAsync(CommandsOptions options)
    {
        try
        {
            await using var fleet = await FleetUnderTest.FindAsync(options.Port);
            var clients = await fleet.ConnectAsync(options.Clients);
            var kinds = KindsOf(options.Spare);
            for (var round = 0; round <= options.Rounds; round++)
                foreach (var kind in kinds)
                    await OrderAsync(fleet, kind);
            foreach (var client in clients)
                await client.EchoAsync();

            foreach (var kind in kinds)
                Console.WriteLine(kind);
            return 0;
        }
        catch (Exception failure) when (failure is FleetException or TimeoutException or InvalidDataException or OperationCanceledException)
        {
            Console.Error.WriteLine($"commands: {failure.Message}");
            return 1;
        }
    }

    private static CommandKind[] KindsOf(int spare) =>
    [
        new("add-workers", new ServerCommand.AddThreads(1)),
        new("remove-workers", new ServerCommand.RemoveThreads(1)),
        new("add-reader-writers", new ServerCommand.AddReaderWriters(1)),
        new("remove-reader-writers", new ServerCommand.RemoveReaderWriters(1)),
        new("open-port", new ServerCommand.OpenPort(spare)),
        new("close-port", new ServerCommand.ClosePort(spare, DrainSeconds: null)),
        new("drain", new ServerCommand.Drain(On: true)),
        new("undrain", new ServerCommand.Drain(On: false)),
    ];

    private static async Task OrderAsync(FleetUnderTest fleet, CommandKind kind)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = await fleet.CommandAsync(kind.Command);
        kind.Took(Stopwatch.GetElapsedTime(began));
        if (outcome.Before == outcome.After)
            throw new InvalidDataException($"{kind.Name} changed nothing: {outcome.Before} -> {outcome.After}");
    }
}
