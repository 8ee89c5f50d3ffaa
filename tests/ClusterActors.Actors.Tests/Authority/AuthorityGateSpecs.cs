using System.Collections.Immutable;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class AuthorityGateSpecs
{
    private readonly SetClock _clock = new();
    private readonly AuthorityGate _gate;

    public AuthorityGateSpecs() => _gate = new AuthorityGate(_clock);

    private void Publish(AuthorityDriver node)
    {
        _clock.Now = node.Now;
        _gate.Publish(new AuthoritySnapshot(node.State, "n0", ImmutableDictionary<string, KnownServer>.Empty));
    }

    [Fact]
    public void Before_the_node_takes_part_nothing_may_be_done_and_nobody_is_known()
    {
        Assert.Null(_gate.Epoch);
        Assert.Null(_gate.Holder);
        Assert.Equal(0, _gate.FenceEpoch);
        Assert.False(_gate.MayAct(null));
    }

    [Fact]
    public void The_right_to_act_ends_by_the_clock_alone()
    {
        var holder = Holder();
        Publish(holder);
        var until = holder.State.Holding!.ValidUntil!.Value;

        _clock.Now = until - TimeSpan.FromTicks(1);
        Assert.Equal((1L, true), (_gate.Epoch, _gate.MayAct(1)));
        _clock.Now = until;

        Assert.Equal((null, false), (_gate.Epoch, _gate.MayAct(1)));
    }

    [Fact]
    public void It_is_a_right_to_act_at_one_epoch_only()
    {
        Publish(Holder());

        Assert.False(_gate.MayAct(0));
        Assert.False(_gate.MayAct(2));
        Assert.False(_gate.MayAct(null));
    }

    [Fact]
    public void Who_has_only_won_may_not_act()
    {
        Publish(Winner());

        Assert.Null(_gate.Epoch);
    }

    [Fact]
    public void A_command_may_run_as_long_as_its_holder_is_the_newest_that_took_the_worker()
    {
        Publish(Worker(new Fence(3, M1)));

        Assert.Equal(3, _gate.FenceEpoch);
        Assert.True(_gate.MayRun(Command(M1, 3)));
        Assert.False(_gate.MayRun(Command(M1, 2)));
        Assert.False(_gate.MayRun(Command(M1, 4)));
        Assert.False(_gate.MayRun(Command(M2, 3)));
        Assert.False(_gate.MayRun(Command(M1 with { Run = "m1#2" }, 3)));
    }

    [Fact]
    public void A_newer_holder_stops_it_before_its_take_is_on_disk()
    {
        var worker = Worker(new Fence(3, M1));
        worker.Receive(new WorkerRequest.Take(M2, Three.Id, 1, 4));

        Publish(worker);

        Assert.False(_gate.MayRun(Command(M1, 3)));
    }

    [Fact]
    public void A_command_without_an_epoch_may_run_as_long_as_nobody_took_the_worker()
    {
        var command = new CommandRequest(new ServerCommand.Drain(true));
        Publish(Worker(new Fence(0, null)));
        Assert.True(_gate.MayRun(command));
        Publish(Worker(null));
        Assert.True(_gate.MayRun(command));

        Publish(Worker(new Fence(3, M1)));

        Assert.False(_gate.MayRun(command));
    }

    private static AuthorityDriver Worker(Fence? fence) => new(new ManagerRun("w0", "w0#1"), rank: null, isWorker: true, fence: fence);

    private static CommandRequest Command(ManagerRun from, long epoch) =>
        new(new ServerCommand.Drain(true)) { Epoch = epoch, From = from.Node, Run = from.Run };
}
