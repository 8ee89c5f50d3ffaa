using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>What a server keeps about authority is lost, damaged, or cannot be written.</summary>
public sealed class StoredAuthoritySpecs(FleetOfThree fleet) : AuthoritySpecs(fleet.Fleet), IClassFixture<FleetOfThree>
{
    // Becomes the node with its data directory, which it finds as it is, on a disk without any room.
    private const string WithFullDisk =
        "cp -r \"$0\" \"$0.kept\" && mount -t tmpfs -o size=64k none \"$0\" && cp -r \"$0.kept/.\" \"$0\" && rm -r \"$0.kept\" && { cat /dev/zero > \"$0/filler\" 2>/dev/null; exec \"$@\"; }";

    [Fact]
    public async Task A_fleet_that_was_killed_as_a_whole_is_served_again()
    {
        await Task.WhenAll(Cluster.All.Select(member => member.KillAsync()));

        await Cluster.HealAsync();

        await Load.IsServedAsync(Epoch);
        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_voter_whose_ballot_is_corrupt_is_done_without_until_it_is_readmitted()
    {
        var victim = Cluster.AnotherThan(Holder);
        await victim.KillAsync();
        var bytes = await File.ReadAllBytesAsync(victim.Ballot);
        for (var i = bytes.Length / 3; i < bytes.Length / 2; i++)
            bytes[i] ^= 0x11;
        await File.WriteAllBytesAsync(victim.Ballot, bytes);

        await victim.StartAsync();

        await HasLoggedAsync(victim, "cannot be used");
        await IsReadmittedAsync(victim);
    }

    [Fact]
    public async Task A_voter_whose_ballot_is_missing_is_done_without_until_it_is_readmitted()
    {
        var victim = Cluster.AnotherThan(Holder);
        await victim.KillAsync();
        File.Delete(victim.Ballot);

        await victim.StartAsync();

        await HasLoggedAsync(victim, "knows it by an earlier ballot, which is lost");
        await IsReadmittedAsync(victim);
    }

    [Fact]
    public async Task A_voter_without_a_directory_to_write_to_does_not_start_and_is_done_without()
    {
        var victim = Cluster.AnotherThan(Holder);
        await victim.KillAsync();
        Directory.Move(victim.Folder, victim.Folder + ".aside");
        await File.WriteAllTextAsync(victim.Folder, "not a directory");

        victim.Launch();
        Assert.Equal(3, await victim.EndAsync());
        Assert.Contains("(dataDirectory), cannot be used", victim.Newest, StringComparison.Ordinal);
        await IsDoneWithoutAsync(victim);

        File.Delete(victim.Folder);
        Directory.Move(victim.Folder + ".aside", victim.Folder);
        await VotesAsync(victim);
    }

    [SkippableFact]
    public async Task A_voter_whose_disk_is_full_is_done_without()
    {
        Skip.If(await IsolatedNetwork.WhyNotAsync() is not null, await IsolatedNetwork.WhyNotAsync());
        var victim = Cluster.AnotherThan(Holder);
        await victim.KillAsync();
        victim.Outer = ["unshare", "--mount", "sh", "-c", WithFullDisk, victim.Folder];

        await victim.StartAsync();
        victim.Outer = [];
        await IsDoneWithoutAsync(victim);
        await HasLoggedAsync(victim, "cannot be written");

        await victim.KillAsync();
        await VotesAsync(victim);
    }

    [Fact]
    public async Task A_worker_that_lost_its_fence_asks_the_voters_and_obeys_the_holder_again()
    {
        var worker = Cluster.Workers[0];
        await worker.KillAsync();
        File.Delete(worker.Fence);
        var newer = (await HandOverAsync(Cluster.AnotherThan(Holder))).Epoch!.Value;

        await worker.StartAsync();

        await Load.IsServedAsync(Epoch);
        await HasLoggedAsync(worker, $", epoch {newer}");
        Assert.True(File.Exists(worker.Fence));
        await Load.AssertAllWasInOrderAsync();
    }

    private async Task IsReadmittedAsync(FleetMember victim)
    {
        await Load.IsServedAsync();
        await using (var operators = new ManagerClient([victim.Address]))
            await operators.ReadmitAsync("spec");
        await VotesAsync(victim);
    }

    /// <summary>The others elect each other.</summary>
    private async Task IsDoneWithoutAsync(FleetMember victim)
    {
        await Load.IsServedAsync();
        var target = Cluster.Voters.Single(voter => voter != victim && voter != Holder);
        Assert.Equal(target.Address, (await HandOverAsync(target)).Address);
        await Load.IsServedAsync(Epoch);
    }

    /// <summary>It makes the majority when another is killed.</summary>
    private async Task VotesAsync(FleetMember victim)
    {
        await Cluster.HealAsync();
        var (holder, epoch) = await Cluster.HolderAsync();
        Assert.NotEqual(victim, holder);
        await holder.KillAsync();
        await Load.IsServedAsync(epoch);
        await Load.AssertAllWasInOrderAsync();
    }

    private static Task HasLoggedAsync(FleetMember member, string words) =>
        Eventually.HoldsAsync(() => member.Newest.Contains(words, StringComparison.Ordinal), $"{member.Node} says \"{words}\"\n{member.Newest}");
}
