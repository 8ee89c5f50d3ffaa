using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Three managers and two workers, and the holder of authority dies, sleeps, or leaves.</summary>
public sealed class TakeoverSpecs : IClassFixture<FleetOfThree>, IAsyncLifetime
{
    private readonly VotingFleet _fleet;
    private FleetLoad _load = null!;
    private FleetMember _holder = null!;
    private long _epoch;

    public TakeoverSpecs(FleetOfThree fleet) => _fleet = fleet.Fleet;

    public async Task InitializeAsync()
    {
        await _fleet.HealAsync();
        (_holder, _epoch) = await _fleet.HolderAsync();
        _load = _fleet.Load();
        await _load.IsServedAsync();
    }

    public async Task DisposeAsync() => await _load.DisposeAsync();

    [Fact]
    public async Task Another_takes_over_from_a_killed_holder()
    {
        await _holder.KillAsync();

        await _load.IsServedAsync(_epoch);
        var (next, _) = await _fleet.HolderAsync(_epoch);
        Assert.NotEqual(_holder, next);
        await _holder.StartAsync();
        await _load.IsServedAsync(_epoch);
        await _load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_holder_that_is_back_at_its_address_at_once_holds_nothing_any_more()
    {
        await _holder.KillAsync();
        await _holder.StartAsync();

        await _load.IsServedAsync(_epoch);
        await _load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_holder_that_slept_too_long_does_nothing_that_reached_it_meanwhile()
    {
        await using var follows = new ManagerClient([_holder.Address]);
        await using var stays = await OpenAsync();
        await using var asks = await OpenAsync();
        await follows.ViewAsync();
        _holder.Send(Signal.Stop);
        var followed = follows.CommandAsync("worker-1", new ServerCommand.AddThreads(1), "followed", "sleeper");
        var stayed = stays.CommandAsync("worker-2", new ServerCommand.AddThreads(1), "stayed", "sleeper");
        var allocated = asks.AllocateAsync();
        var (next, newer) = await _fleet.HolderAsync(_epoch);
        await _load.IsServedAsync(_epoch);

        _holder.Send(Signal.Continue);

        var done = await followed;
        Assert.Equal(next.Address, done.Manager);
        await Eventually.HoldsAsync(
            () => _fleet.Workers[0].Output.Split('\n').Any(line => line.Contains($"through {next.Address}, seq followed", StringComparison.Ordinal) && line.Contains($"epoch {newer}", StringComparison.Ordinal)),
            "the worker took it from the new holder");
        Assert.Equal(FailureCode.NotAuthority, (await Assert.ThrowsAsync<RequestRefusedException>(() => stayed)).Code);
        Assert.Equal(FailureCode.NotAuthority, (await Assert.ThrowsAsync<RequestRefusedException>(() => allocated)).Code);
        Assert.DoesNotContain("seq stayed", _fleet.Workers[1].Output, StringComparison.Ordinal);
        await _load.IsServedAsync(_epoch);
        await _load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_holder_that_slept_for_a_moment_goes_on_or_lapses_as_a_whole()
    {
        _holder.Send(Signal.Stop);
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        _holder.Send(Signal.Continue);

        await _load.IsServedAsync();
        var (after, epoch) = await _fleet.HolderAsync();
        Assert.True((after, epoch) == (_holder, _epoch) || _holder.Newest.Contains($"lost management authority at epoch {_epoch}", StringComparison.Ordinal), _holder.Newest);
        await _load.AssertAllWasInOrderAsync();
    }

    [Fact]
    public async Task A_holder_that_leaves_hands_over_and_no_client_notices()
    {
        await using var patient = _fleet.Load(isPatient: true);
        await patient.IsServedAsync();

        _holder.Send(Signal.Terminate);

        Assert.Equal(0, await _holder.EndAsync());
        await _load.IsServedAsync(_epoch);
        await patient.IsServedAsync(_epoch);
        Assert.Equal(0, patient.Refused);
        await _load.AssertAllWasInOrderAsync();
        await patient.AssertAllWasInOrderAsync();
    }

    /// <summary>A client that goes nowhere else, with its link open.</summary>
    private async Task<ManagerClient> OpenAsync()
    {
        var client = new ManagerClient(
            [_holder.Address], new ClientSettings { MaxRedirects = 0, AuthorityWait = TimeSpan.Zero, Timeout = Eventually.Limit, CommandTimeout = Eventually.Limit });
        await client.ViewAsync();
        return client;
    }
}
