using System.Runtime.InteropServices;
using ClusterActors.Benchmarks.Fleets;
using ClusterActors.Client;

namespace ClusterActors.Benchmarks.Authority;

/// <summary>What befalls the holder of management authority, in fleets of real processes, and how long nobody can allocate then.</summary>
internal static class AuthorityScenario
{
    private const int Lease = 5;
    private const int ShortLease = 2;

    // A link that stays lost for 5 s already makes a worker gone, not only after a minute: a false one would be seen in a short run.
    private const string SoonGone = "manager.forgetAfter=5s";

    /// <summary>Runs the scenario and prints one line of <c>key=value</c> per event.</summary>
    /// <returns>0; 1 when something could not be measured.</returns>
    public static async Task<int> RunAsync(AuthorityOptions options)
    {
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
        using var told = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);
        foreach (var name in options.Events)
        {
            try
            {
                Console.WriteLine($"event={name} {await MeasureAsync(name, options)}");
            }
            catch (Exception failure) when (failure is FleetException or TimeoutException or InvalidDataException or OperationCanceledException)
            {
                Console.Error.WriteLine($"authority, {name}: {failure.Message}");
                return 1;
            }
        }

        return 0;
    }

    /// <summary>Nobody else ends the nodes. What the signal does by itself, ending this program, it does after that.</summary>
    private static void Leave(PosixSignalContext signal) => NodeUnderTest.KillAll();

    private static async Task<string> MeasureAsync(string name, AuthorityOptions options)
    {
        await using var fleet = name == "load"
            ? await ManagedFleet.StartAsync(options.Node, workers: 4, Lease, SoonGone)
            : await ManagedFleet.StartAsync(options.Node, workers: 2, name == "kill-short" ? ShortLease : Lease);
        try
        {
            return name switch
            {
                "handover" => await new Takeovers(fleet, options.Rounds).HandOverAsync(),
                "leave" => await new Takeovers(fleet, options.Rounds).EndAsync(Signal.Terminate),
                "kill" or "kill-short" => await new Takeovers(fleet, options.Rounds).EndAsync(Signal.Kill),
                "pause" => await new SleepingHolder(fleet, TimeSpan.FromSeconds(options.Pause)).MeasureAsync(options.Rounds),
                _ => await new LoadedFleet(fleet).MeasureAsync(TimeSpan.FromSeconds(options.Load)),
            };
        }
        catch
        {
            fleet.ShowLogs();
            throw;
        }
    }
}
