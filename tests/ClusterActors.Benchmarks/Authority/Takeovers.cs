using System.Diagnostics;
using ClusterActors.Benchmarks.Fleets;
using ClusterActors.Client;

namespace ClusterActors.Benchmarks.Authority;

/// <summary>
/// The holder hands over, leaves, or is killed while a client allocates: how long until the next allocation succeeds. The fleet is whole
/// again before the next round.
/// </summary>
/// <param name="fleet">The fleet.</param>
/// <param name="rounds">How many of them count.</param>
internal sealed class Takeovers(ManagedFleet fleet, int rounds)
{
    private const int FailuresShown = 3;

    // A client that is no load: 2 ms are far below what is measured.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>An operator has the holder hand over to the next manager. A first one to each does not count: their code is compiled then.</summary>
    /// <returns>A line of <c>key=value</c>.</returns>
    /// <exception cref="FleetException">It was refused.</exception>
    public Task<string> HandOverAsync() => MeasureAsync(fleet.Managers.Count, async (holder, loop) =>
    {
        await using var console = new ManagerClient([holder.Manager.Address]);
        await console.ViewAsync();
        var began = Stopwatch.GetTimestamp();
        var order = console.HandOverAsync(fleet.After(holder.Manager).Name, by: "benchmark");
        var gap = await loop.GapAsync(began);
        await order;
        return gap;
    });

    /// <summary>The holder gets a signal that ends it, and is started again.</summary>
    /// <returns>A line of <c>key=value</c>.</returns>
    /// <exception cref="InvalidDataException">It was told to leave and ended with a failure.</exception>
    public Task<string> EndAsync(Signal signal) => MeasureAsync(0, async (holder, loop) =>
    {
        var began = Stopwatch.GetTimestamp();
        holder.Manager.Send(signal);
        var gap = await loop.GapAsync(began);
        var code = await holder.Manager.EndAsync();
        if (signal == Signal.Terminate && code != 0)
            throw new InvalidDataException($"{holder.Manager.Name} was told to leave and ended with exit code {code}");
        await holder.Manager.StartAsync();
        return gap;
    });

    private async Task<string> MeasureAsync(int first, Func<Holder, AllocationLoop, Task<double>> happen)
    {
        var (cold, gaps) = (new Gaps(), new Gaps());
        await fleet.SettleAsync();
        await using var loop = new AllocationLoop(fleet.Addresses, Pause);
        for (var round = 0; round < first + rounds; round++)
        {
            var holder = await fleet.SettleAsync();
            await loop.WatchAsync(holder);
            var gap = await happen(holder, loop);
            (round < first ? cold : gaps).Add(gap);
        }

        await loop.FinishAsync();
        foreach (var failure in loop.Failures.Take(FailuresShown))
            Console.Error.WriteLine($"  a request failed: {failure}");
        return $"{gaps} first_ms={cold.Worst:F0} asked={loop.Asked} lost={loop.Asked - loop.Answered} stale={loop.Stale}";
    }
}
