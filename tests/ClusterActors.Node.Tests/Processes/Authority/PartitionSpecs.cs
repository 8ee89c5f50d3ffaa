namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Three managers and two workers on a network that is cut between managers, while clients and workers reach all of them.</summary>
public sealed class PartitionSpecs(PartitionSpecs.Fixture fixture) : IClassFixture<PartitionSpecs.Fixture>
{
    [SkippableFact]
    public Task A_holder_that_is_cut_off_from_the_other_managers_is_replaced_though_the_workers_still_hear_it() =>
        RunAsync((holder, other) => [(holder, other), (other, holder)]);

    [SkippableFact]
    public Task A_holder_that_the_other_managers_do_not_hear_is_replaced() => RunAsync((holder, other) => [(holder, other)]);

    [SkippableFact]
    public Task A_holder_that_does_not_hear_the_other_managers_is_replaced() => RunAsync((holder, other) => [(other, holder)]);

    private async Task RunAsync(Func<int, int, (int From, int To)[]> cuts)
    {
        Skip.If(await IsolatedNetwork.WhyNotAsync() is not null, await IsolatedNetwork.WhyNotAsync());
        var (fleet, network) = (fixture.Fleet!, fixture.Network!);
        await network.MendAsync();
        await fleet.HealAsync();
        var (holder, epoch) = await fleet.HolderAsync();
        await using var load = fleet.Load();
        await load.IsServedAsync();

        var place = fleet.Voters.ToList().IndexOf(holder);
        foreach (var other in Enumerable.Range(0, fleet.Voters.Count).Where(other => other != place))
        {
            foreach (var (from, to) in cuts(place, other))
                await network.CutAsync(from, to);
        }

        await load.IsServedAsync(epoch);
        var (next, newer) = await fleet.HolderAsync(epoch);
        Assert.NotEqual(holder, next);
        await network.MendAsync();
        await fleet.HealAsync();
        await load.IsServedAsync(newer - 1);
        await load.AssertAllWasInOrderAsync();
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public IsolatedNetwork? Network { get; private set; }

        public VotingFleet? Fleet { get; private set; }

        public async Task InitializeAsync()
        {
            if (await IsolatedNetwork.WhyNotAsync() is not null)
                return;
            Network = await IsolatedNetwork.CreateAsync(servers: 5);
            Fleet = new VotingFleet(managers: 3, workers: 2, hosts: Network.Hosts, settings: ["security.insecure=on", "links.timeout=2s"]);
            foreach (var (member, place) in Fleet.All.Select((member, place) => (member, place)))
                member.Outer = Network.Within(place);
            await Fleet.HealAsync();
        }

        public async Task DisposeAsync()
        {
            if (Fleet is not null)
                await Fleet.DisposeAsync();
            if (Network is not null)
                await Network.DisposeAsync();
        }
    }
}
