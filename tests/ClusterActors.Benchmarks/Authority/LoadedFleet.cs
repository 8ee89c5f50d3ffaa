using System.Diagnostics;
using System.Globalization;
using ClusterActors.Benchmarks.Fleets;
using ClusterActors.Benchmarks.Links;
using ClusterActors.Client;

namespace ClusterActors.Benchmarks.Authority;

/// <summary>
/// Clients that leave no core idle, by echo traffic with every worker and by allocations: the holder must stay the holder, and no
/// worker may be taken for gone.
/// </summary>
/// <param name="fleet">The fleet.</param>
internal sealed class LoadedFleet(ManagedFleet fleet)
{
    private const int EchoesPerCore = 16;
    private const int LoopsPerCore = 2;

    private const string Lost = "lost management authority at epoch";
    private const string Won = "holds management authority at epoch";

    /// <summary>Runs the load.</summary>
    /// <returns>
    /// A line of <c>key=value</c>: <c>step_downs</c>, and how often a manager took a worker for <c>gone</c>, <c>unreachable</c> or <c>late</c>;
    /// what was answered; <c>cores</c> that the fleet and its clients used, on average.
    /// </returns>
    /// <exception cref="InvalidDataException">An answer was wrong.</exception>
    public async Task<string> MeasureAsync(TimeSpan time)
    {
        await fleet.SettleAsync();
        await using var managers = new ManagerClient(fleet.Addresses);
        var clients = new List<EchoClient>();
        var loops = new List<AllocationLoop>();
        try
        {
            for (var number = 0; number < EchoesPerCore * Environment.ProcessorCount; number++)
                clients.Add(new EchoClient(await new FleetClient(managers).ConnectAsync(), number));
            var before = Counts();
            var (began, cpu) = (Stopwatch.GetTimestamp(), CpuSeconds());
            var echoes = clients.Select(client => Task.Run(client.RunAsync)).ToArray();
            for (var number = 0; number < LoopsPerCore * Environment.ProcessorCount; number++)
                loops.Add(new AllocationLoop(fleet.Addresses, TimeSpan.Zero));
            await Task.WhenAny(Task.Delay(time), Task.WhenAny(echoes));
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var cores = (CpuSeconds() - cpu) / seconds;

            foreach (var client in clients)
                client.Stop();
            await Task.WhenAll(echoes);
            await Task.WhenAll(loops.Select(loop => loop.FinishAsync()));
            await fleet.SettleAsync();
            var counts = Counts().Zip(before, (after, earlier) => after - earlier).ToArray();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"seconds={seconds:F0} step_downs={Math.Max(counts[0], counts[1])} gone={counts[2]} unreachable={counts[3]} late={counts[4]} "
                + $"echoes={clients.Sum(client => client.Answered)} allocations={loops.Sum(loop => loop.Answered)} "
                + $"lost={loops.Sum(loop => loop.Asked - loop.Answered)} cores={cores:F2}");
        }
        finally
        {
            foreach (var loop in loops)
                await loop.DisposeAsync();
            foreach (var client in clients)
                await client.DisposeAsync();
        }
    }

    /// <summary>What the managers' logs have said of it so far, in this order: lost, won, gone, unreachable, late.</summary>
    private int[] Counts() =>
        [.. new[] { Lost, Won, " is Gone (was ", " is Unreachable (was ", " is Late (was " }.Select(text => fleet.Managers.Sum(manager => manager.Count(text)))];

    private double CpuSeconds() => ProcessCpu.Seconds(Environment.ProcessId) + fleet.Nodes.Sum(node => ProcessCpu.Seconds(node.Id));
}
