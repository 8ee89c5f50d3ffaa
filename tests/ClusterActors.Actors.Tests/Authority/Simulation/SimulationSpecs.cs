using System.Globalization;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using Xunit.Abstractions;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

public class SimulationSpecs(ITestOutputHelper output)
{
    private const int Seeds = 10_000;

    /// <summary>Environment variable with another number of seeds.</summary>
    private const string SeedsVariable = "CLUSTERACTORS_AUTHORITY_SEEDS";

    private static readonly string[] NotSimulated =
    [
        nameof(AuthorityNotice.OtherVoters), nameof(AuthorityNotice.ConfigurationOverruled), nameof(AuthorityNotice.VotersChanged), nameof(AuthorityNotice.Dropped),
    ];

    [Fact]
    public void Whatever_goes_wrong_never_two_command_and_service_returns()
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable(SeedsVariable), CultureInfo.InvariantCulture, out var asked) ? asked : Seeds;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        List<long> returned = [];
        HashSet<Type> noted = [];
        for (var seed = 0; seed < seeds; seed++)
        {
            if (SimulationRun.Try(seed, Bend.None, returned, noted) is { } violation)
                Assert.Fail(SimulationRun.Retell(seed, Bend.None, violation));
        }

        // All of it was tried: whatever can be noted was, but for what has to do with changes of the voters.
        Assert.Equal(
            typeof(AuthorityNotice).GetNestedTypes().Select(type => type.Name).Except(NotSimulated).Order(),
            noted.Select(type => type.Name).Except(NotSimulated).Order());

        returned.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds} seeds, {seeds / watch.Elapsed.TotalSeconds:0} a second; service back after {Leases(returned[^1])} L at worst, {Leases(returned[returned.Count * 99 / 100])} L p99, {Leases(returned[returned.Count / 2])} L median"));
    }

    private static string Leases(long time) => (time / (double)Simulation.Lease).ToString("0.00", CultureInfo.InvariantCulture);
}
