namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Three managers that vote and two workers, started once for all specs of a class, each of which begins with a whole fleet.</summary>
public sealed class FleetOfThree : IAsyncLifetime
{
    public VotingFleet Fleet { get; } = new(managers: 3, workers: 2);

    public Task InitializeAsync() => Fleet.HealAsync();

    public async Task DisposeAsync() => await Fleet.DisposeAsync();
}
