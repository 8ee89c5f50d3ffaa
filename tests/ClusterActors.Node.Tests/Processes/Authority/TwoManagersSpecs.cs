using ClusterActors.Client;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Fleets of two managers, with and without a third that votes.</summary>
public static class TwoManagersSpecs
{
    public sealed class WithAWitness
    {
        [Fact]
        public async Task Either_manager_may_be_killed()
        {
            await using var fleet = new VotingFleet(managers: 2, workers: 2, hasWitness: true);
            await fleet.HealAsync();
            await using var load = fleet.Load();
            for (var turn = 0; turn < 2; turn++)
            {
                await fleet.HealAsync();
                var (holder, epoch) = await fleet.HolderAsync();
                await load.IsServedAsync();

                await holder.KillAsync();

                await load.IsServedAsync(epoch);
                Assert.NotEqual(holder, (await fleet.HolderAsync(epoch)).Member);
            }

            await load.AssertAllWasInOrderAsync();
        }
    }

    public sealed class WithoutAWitness
    {
        [Fact]
        public async Task The_one_that_is_left_stands_still_says_why_and_goes_on_when_it_is_forced_to()
        {
            await using var fleet = new VotingFleet(managers: 2, workers: 1);
            await fleet.HealAsync();
            await using var load = fleet.Load();
            await load.IsServedAsync();
            var (holder, epoch) = await fleet.HolderAsync();
            var left = fleet.AnotherThan(holder);

            await holder.KillAsync();

            await StatusSaysAsync(left, "1 of 2 voters can be reached and 2 are needed");
            await using (var operators = new ManagerClient([left.Address]))
                await operators.ForceAuthorityAsync([left.Address], "spec");
            await load.IsServedAsync(epoch);
            var (next, newer) = await fleet.HolderAsync(epoch);
            Assert.Equal(left, next);

            await holder.StartAsync();

            await Fleet.HoldsAsync(
                async () => await Fleet.ViewAsync(holder.Address) is { } view && view.Holder == left.Address.ToString() && view.Voters.Count == 1,
                () => $"{holder.Node} follows\n{holder.Newest}");
            await load.IsServedAsync(newer - 1);
            await load.AssertAllWasInOrderAsync();
        }

        private static Task StatusSaysAsync(FleetMember manager, string words)
        {
            var seen = "";
            return Fleet.HoldsAsync(
                async () =>
                {
                    await using var status = NodeProcess.Start("status", "--manager", manager.Address.ToString());
                    await status.EndAsync();
                    seen = status.Output;
                    return seen.Contains(words, StringComparison.Ordinal);
                },
                () => $"\"{words}\" in {seen}");
        }
    }
}
