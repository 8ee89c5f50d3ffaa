using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Three managers and two workers, and the holder of authority dies, sleeps, or leaves.</summary>
public sealed class TakeoverSpecs(FleetOfThree fleet) : AuthoritySpecs(fleet.Fleet), IClassFixture<FleetOfThree>
{
    [Fact]
    public async Task Another_takes_over_from_a_killed_holder()
    {
        await Holder.KillAsync();

        await Load.IsServedAsync(Epoch);
        var (next, _) = await Cluster.HolderAsync(Epoch);
        Assert.NotEqual(Holder, next);
        await Holder.StartAsync();
        await Load.IsServedAsync(Epoch);
        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_holder_that_is_back_at_its_address_at_once_holds_nothing_any_more()
    {
        await Holder.KillAsync();
        await Holder.StartAsync();

        await Load.IsServedAsync(Epoch);
        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_holder_that_slept_too_long_does_nothing_that_reached_it_meanwhile()
    {
        await using var follows = new ManagerClient([Holder.Address]);
        await using var stays = await OpenAsync();
        await using var asks = await OpenAsync();
        await follows.ViewAsync();
        Holder.Send(Signal.Stop);
        var followed = follows.CommandAsync("worker-1", new ServerCommand.AddThreads(1), "followed", "sleeper");
        var stayed = stays.CommandAsync("worker-2", new ServerCommand.AddThreads(1), "stayed", "sleeper");
        var allocated = asks.AllocateAsync();
        var (next, newer) = await Cluster.HolderAsync(Epoch);
        await Load.IsServedAsync(Epoch);

        Holder.Send(Signal.Continue);

        var done = await followed;
        Assert.Equal(next.Address, done.Manager);
        await Eventually.HoldsAsync(
            () => Cluster.Workers[0].Output.Split('\n').Any(line => line.Contains($"through {next.Address}, seq followed", StringComparison.Ordinal) && line.Contains($"epoch {newer}", StringComparison.Ordinal)),
            "the worker took it from the new holder");
        Assert.Equal(FailureCode.NotAuthority, (await Assert.ThrowsAsync<RequestRefusedException>(() => stayed)).Code);
        Assert.Equal(FailureCode.NotAuthority, (await Assert.ThrowsAsync<RequestRefusedException>(() => allocated)).Code);
        Assert.DoesNotContain("seq stayed", Cluster.Workers[1].Output, StringComparison.Ordinal);
        await Load.IsServedAsync(Epoch);
        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_holder_that_slept_for_a_moment_goes_on_or_lapses_as_a_whole()
    {
        Holder.Send(Signal.Stop);
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        Holder.Send(Signal.Continue);

        await Load.IsServedAsync();
        var (after, epoch) = await Cluster.HolderAsync();
        Assert.True((after, epoch) == (Holder, Epoch) || Holder.Newest.Contains($"lost management authority at epoch {Epoch}", StringComparison.Ordinal), Holder.Newest);
        await Load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_holder_that_leaves_hands_over_and_no_client_notices()
    {
        await using var patient = Cluster.Load(isPatient: true);
        await patient.IsServedAsync();

        Holder.Send(Signal.Terminate);

        Assert.Equal(0, await Holder.EndAsync());
        await Load.IsServedAsync(Epoch);
        await patient.IsServedAsync(Epoch);
        Assert.Equal(0, patient.Refused);
        await Load.AssertAllWasInOrderAsync();
        await patient.AssertAllWasInOrderAsync();
    }

    /// <summary>A client that goes nowhere else, with its link open.</summary>
    private async Task<ManagerClient> OpenAsync()
    {
        var client = new ManagerClient(
            [Holder.Address], new ClientSettings { MaxRedirects = 0, AuthorityWait = TimeSpan.Zero, Timeout = Eventually.Limit, CommandTimeout = Eventually.Limit });
        await client.ViewAsync();
        return client;
    }
}
