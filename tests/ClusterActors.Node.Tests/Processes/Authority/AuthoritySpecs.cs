using ClusterActors.Client;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>What specs about a fleet have in common: each begins with a whole fleet that is served, knows its holder, and ends its load.</summary>
public abstract class AuthoritySpecs(VotingFleet fleet) : IAsyncLifetime
{
    protected VotingFleet Cluster { get; } = fleet;

    /// <summary>Who held authority at the beginning.</summary>
    protected FleetMember Holder { get; private set; } = null!;

    /// <summary>At which epoch.</summary>
    protected long Epoch { get; private set; }

    protected FleetLoad Load { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        await Cluster.HealAsync();
        (Holder, Epoch) = await Cluster.HolderAsync();
        Load = Cluster.Load();
        await Load.IsServedAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (Load is not null)
            await Load.DisposeAsync();
    }

    /// <summary>Has an operator hand authority over; returns when the new holder may act.</summary>
    protected async Task<AuthorityOutcome> HandOverAsync(FleetMember target, FleetMember? through = null)
    {
        await using var operators = new ManagerClient(through is null ? Cluster.Addresses : [through.Address]);
        return await operators.HandOverAsync(target.Node, "spec");
    }
}
