using ClusterActors.Client;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Authority is handed over as an operator orders, to every kind of server, well and awake or not.</summary>
public sealed class HandoverSpecs(HandoverSpecs.Fixture fleet) : AuthoritySpecs(fleet.Fleet), IClassFixture<HandoverSpecs.Fixture>
{
    [Fact]
    public async Task A_voter_takes_over()
    {
        var target = Cluster.AnotherThan(Holder);

        await MovesAsync(target, Epoch);

        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_manager_that_does_not_vote_takes_over_and_gives_it_back()
    {
        var epoch = await MovesAsync(Cluster.Others[0], Epoch);
        await MovesAsync(Cluster.Voters[0], epoch);

        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_worker_becomes_a_manager_takes_over_and_gives_it_back()
    {
        var epoch = await MovesAsync(Cluster.Workers[0], Epoch);
        await MovesAsync(Cluster.Voters[1], epoch);

        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_promoted_worker_that_is_killed_is_followed_by_a_manager()
    {
        var epoch = await MovesAsync(Cluster.Workers[1], Epoch);

        await Cluster.Workers[1].KillAsync();
        var (next, _) = await Cluster.HolderAsync(epoch);
        Assert.Contains(next, Cluster.Managers);
        await Cluster.Workers[1].StartAsync();

        await Load.IsServedAsync(epoch);
        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task One_that_is_killed_before_it_can_take_over_is_done_without()
    {
        var target = Cluster.AnotherThan(Holder);
        var order = await ReleaseToSleeperAsync(target);

        await target.KillAsync();

        await Load.IsServedAsync(Epoch);
        await Assert.ThrowsAnyAsync<FleetException>(() => order);
        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task One_that_sleeps_is_done_without_and_takes_nothing_when_it_wakes()
    {
        var target = Cluster.AnotherThan(Holder);
        var order = await ReleaseToSleeperAsync(target);
        await Load.IsServedAsync(Epoch);
        await Assert.ThrowsAnyAsync<FleetException>(() => order);

        target.Send(Signal.Continue);

        await Cluster.HealAsync();
        await Load.IsServedAsync(Epoch);
        await Load.AssertAllWasInOrderAsync();
    }

    /// <summary>The holder has released authority to one that sleeps.</summary>
    private async Task<Task<AuthorityOutcome>> ReleaseToSleeperAsync(FleetMember target)
    {
        target.Send(Signal.Stop);
        var order = HandOverAsync(target, through: Holder);
        await Eventually.HoldsAsync(
            () => Holder.Newest.Contains($"hands management authority over to {target.Node}; it commands no more at epoch {Epoch}", StringComparison.Ordinal), "authority is released");
        return order;
    }

    private async Task<long> MovesAsync(FleetMember target, long before)
    {
        var outcome = await HandOverAsync(target);

        Assert.Equal((target.Node, target.Address), (outcome.Node, outcome.Address!.Value));
        Assert.True(outcome.Epoch > before, $"epoch {outcome.Epoch} after {before}");
        await Load.IsServedAsync(before);
        return outcome.Epoch!.Value;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public VotingFleet Fleet { get; } = new(managers: 3, workers: 2, others: 1);

        public Task InitializeAsync() => Fleet.HealAsync();

        public async Task DisposeAsync() => await Fleet.DisposeAsync();
    }
}
