using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using ClusterActors.Store.Files;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>Commands at a worker, judged by its fence before they reach the executor.</summary>
public sealed class AdmittedCommandsSpecs : IAsyncLifetime
{
    private static readonly ManagerRun M1 = new("m:1", "r1");
    private static readonly ManagerRun M2 = new("m:2", "r2");

    private readonly AuthorityFleet _fleet = AuthorityFleet.Of();
    private readonly ScriptedActor _link;

    public AdmittedCommandsSpecs() => _link = new ScriptedActor(_fleet.System, "link");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    private AuthorityNode Worker(Fence? fence, int role = 1) => _fleet.Start("w:1", ["m:1"], role, fence);

    private static CommandRequest Command(ManagerRun? from, long? epoch) =>
        new(new ServerCommand.Drain(true)) { Seq = "s", Epoch = epoch, From = from?.Node, Run = from?.Run };

    private void Send(AuthorityNode worker, CommandRequest command, bool isCshBBrain = false) =>
        worker.Authority.Tell(new CommandEvents.Received(command, "10.0.0.1:9292", isCshBBrain), _link.Ref);

    private async Task<Reply> RefusalAsync(AuthorityNode worker, CommandRequest command, bool isCshBBrain = false)
    {
        Send(worker, command, isCshBBrain);
        var (answered, _) = await _link.NextAsync<CommandEvents.Answered>();
        Assert.Same(command, answered.Request);
        Assert.Equal("s", answered.Reply.Seq);
        Assert.Equal(0, worker.Commands.Waiting);
        return answered.Reply;
    }

    [Fact]
    public async Task The_holder_of_the_newest_epoch_is_obeyed_and_its_link_gets_the_answer()
    {
        var worker = Worker(new Fence(3, M1));
        var command = Command(M1, 3);

        Send(worker, command);

        var (received, link) = await worker.Commands.NextAsync<CommandEvents.Received>();
        Assert.Same(command, received.Request);
        Assert.Equal(_link.Ref, link);
    }

    [Fact]
    public async Task A_newer_one_is_obeyed_and_its_epoch_is_on_disk_before_that()
    {
        var worker = Worker(new Fence(3, M1));

        Send(worker, Command(M2, 4));

        await worker.Commands.NextAsync<CommandEvents.Received>();
        Assert.Equal(new Fence(4, M2), Assert.IsType<Stored<Fence>.Found>(worker.Fences.Load()).Value);
    }

    [Fact]
    public async Task An_older_one_is_stale_and_told_how_new_the_newest_is()
    {
        var refusal = await RefusalAsync(Worker(new Fence(3, M1)), Command(M2, 2));

        Assert.Equal(("stale-epoch", "3"), (refusal.Code, refusal.Find("epoch")));
        Assert.Equal("epoch 2 is over; this server obeys m:1 of epoch 3", refusal.Msg);
    }

    [Fact]
    public async Task Another_run_at_the_same_epoch_is_stale()
    {
        var refusal = await RefusalAsync(Worker(new Fence(3, M1)), Command(M1 with { Run = "r9" }, 3));

        Assert.Equal(("stale-epoch", "epoch 3 is held by m:1 in another run"), (refusal.Code, refusal.Msg));
    }

    [Fact]
    public async Task A_worker_that_lost_its_fence_takes_nothing()
    {
        var refusal = await RefusalAsync(Worker(null), Command(M1, 9));

        Assert.Equal("stale-epoch", refusal.Code);
        Assert.Contains("lost the newest epoch it accepted", refusal.Msg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_an_epoch_or_without_who_sends_it_is_none()
    {
        var worker = Worker(new Fence(0, null));

        Assert.Equal("bad-request", (await RefusalAsync(worker, Command(null, null))).Code);
        Assert.Equal("bad-request", (await RefusalAsync(worker, Command(null, 3))).Code);
        Assert.Equal("bad-request", (await RefusalAsync(worker, Command(M1, null))).Code);
    }

    [Fact]
    public async Task An_existing_CshBBrain_manager_commands_without_one_as_long_as_nobody_holds_authority()
    {
        var worker = Worker(new Fence(0, null));
        Send(worker, Command(null, null), isCshBBrain: true);
        Assert.True((await worker.Commands.NextAsync<CommandEvents.Received>()).Message.IsCshBBrain);

        Send(worker, Command(M1, 1));
        await worker.Commands.NextAsync<CommandEvents.Received>();

        Assert.Equal("stale-epoch", (await RefusalAsync(worker, Command(null, null), isCshBBrain: true)).Code);
    }

    [Fact]
    public async Task A_server_that_is_no_worker_takes_none()
    {
        var refusal = await RefusalAsync(Worker(null, role: 2), Command(M1, 3));

        Assert.Equal(("bad-request", "this server is a manager only and does no business work"), (refusal.Code, refusal.Msg));
    }

    [Fact]
    public async Task When_the_fence_cannot_be_written_the_command_is_answered_and_not_executed()
    {
        var worker = Worker(new Fence(3, M1));
        var obstacle = Directory.CreateDirectory(worker.Fences.FilePath + ".tmp");

        var refusal = await RefusalAsync(worker, Command(M2, 4));

        Assert.Equal("internal", refusal.Code);
        Assert.Contains("was not executed", refusal.Msg, StringComparison.Ordinal);
        Assert.Equal(3, worker.Gate.FenceEpoch);
        obstacle.Delete();
        Send(worker, Command(M2, 4));
        await worker.Commands.NextAsync<CommandEvents.Received>();
    }

    [Fact]
    public async Task Every_command_of_a_flood_is_answered_or_executed_while_the_disk_is_slow()
    {
        const int Count = 5 * AuthoritySettings.MaxWaiting;
        var worker = Worker(new Fence(3, M1));
        for (var i = 0; i < Count; i++)
            Send(worker, Command(M2, 4) with { Seq = $"s{i}" });

        await TestSupport.Eventually.EqualsAsync(Count, () => worker.Commands.Waiting + _link.Waiting, "answered or executed");

        // The first was written to disk, and as many as are kept waited for that.
        Assert.InRange(worker.Commands.Waiting, 1 + AuthoritySettings.MaxWaiting, Count);
    }
}
