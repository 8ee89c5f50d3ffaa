using System.Globalization;
using Xunit.Abstractions;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

public class SimulationSpecs(ITestOutputHelper output)
{
    private const int Seeds = 10_000;
    private const string SeedsVariable = "CLUSTERACTORS_AUTHORITY_SEEDS";

    [Fact]
    public void Whatever_goes_wrong_never_two_command_and_service_returns()
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable(SeedsVariable), CultureInfo.InvariantCulture, out var asked) ? asked : Seeds;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        List<long> returned = [];
        for (var seed = 0; seed < seeds; seed++)
        {
            if (SimulationRun.Try(seed, Bend.None, returned) is { } violation)
                Assert.Fail(SimulationRun.Retell(seed, Bend.None, violation));
        }

        returned.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds} seeds, {seeds / watch.Elapsed.TotalSeconds:0} a second; service back after {Leases(returned[^1])} L at worst, {Leases(returned[returned.Count * 99 / 100])} L p99, {Leases(returned[returned.Count / 2])} L median"));
    }

    private static string Leases(long time) => (time / (double)Simulation.Lease).ToString("0.00", CultureInfo.InvariantCulture);
}
