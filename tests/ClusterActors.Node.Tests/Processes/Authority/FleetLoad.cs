using System.Diagnostics;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Everything that a fleet is put under while something happens to it, and what must have held all the time.</summary>
public sealed class FleetLoad : IAsyncDisposable
{
    private readonly VotingFleet _fleet;
    private readonly Chronicle _chronicle = new();
    private readonly AllocationLoad _allocations;
    private readonly CommandLoad _commands;
    private readonly HolderWatch _watch;

    public FleetLoad(VotingFleet fleet, bool isPatient)
    {
        _fleet = fleet;
        _allocations = new AllocationLoad(fleet.Addresses, _chronicle, isPatient);
        _commands = new CommandLoad(fleet.Addresses, [.. fleet.Workers.Select(worker => worker.Node)]);
        _watch = new HolderWatch(fleet.All.Select(member => member.Address), _chronicle);
    }

    /// <summary>Allocations that failed.</summary>
    public int Refused => _allocations.Refused;

    /// <summary>Waits until an allocation and a command that begin now are done at a later epoch than this.</summary>
    public async Task IsServedAsync(long newerThan = 0)
    {
        var now = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(
            () => _chronicle.HasSince(now, newerThan, AllocationLoad.What),
            $"an allocation after epoch {newerThan}, not {_chronicle.NewestEpoch}; refused for the last time: {_allocations.Refusal}");

        // One may have been on its way.
        var done = _commands.Done;
        await Eventually.HoldsAsync(() => _commands.Done > done + 1, "commands are carried out");
    }

    /// <summary>Ends the load and looks at all that was seen: nothing of an older epoch after a newer one.</summary>
    public async Task AssertAllWasInOrderAsync()
    {
        await EndAsync();
        _chronicle.AssertNeverGoesBack();
        var commands = _fleet.Workers.Sum(worker => AuditTrail.AssertInOrder(worker.Node, worker.Output.Split('\n')));
        Assert.True(commands > 0, "no worker has an audit line");
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task EndAsync()
    {
        await _allocations.DisposeAsync();
        await _commands.DisposeAsync();
        await _watch.DisposeAsync();
    }
}
