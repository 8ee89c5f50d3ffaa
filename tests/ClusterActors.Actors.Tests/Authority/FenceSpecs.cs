using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

public class FenceSpecs
{
    private static readonly ManagerRun W0 = new("w0", "w0#1");

    [Fact]
    public void A_take_of_a_newer_epoch_is_on_disk_before_it_is_acknowledged()
    {
        var worker = Worker(new Fence(3, M1));

        worker.Receive(Take(M2, 4));
        Assert.Empty(worker.Sent);
        Assert.Equal(new Fence(4, M2), Assert.IsType<AuthorityEffect.WriteFence>(Assert.Single(worker.Effects)).Fence);
        worker.Written();

        var reply = Assert.IsType<WorkerReply>(Assert.Single(worker.Sent));
        Assert.Equal((FenceVerdict.Accepted, 4, 4, "m2#1"), (reply.Verdict, reply.Epoch, reply.Fence, reply.Run));
    }

    [Fact]
    public void A_command_of_a_newer_epoch_is_on_disk_before_it_is_let_in()
    {
        var worker = Worker(new Fence(3, M1));

        worker.Receive(Command(M2, 4));
        Assert.DoesNotContain(worker.Effects, effect => effect is AuthorityEffect.Queue);
        worker.Written();

        Assert.Contains(worker.Effects, effect => effect is AuthorityEffect.Queue);
    }

    [Fact]
    public void What_is_older_is_stale_and_learns_where_the_fence_is()
    {
        var reply = Worker(new Fence(3, M1)).Reply<WorkerReply>(Command(M0, 2));

        Assert.Equal((FenceVerdict.Stale, 3), (reply.Verdict, reply.Fence));
    }

    [Fact]
    public void Another_one_at_the_same_epoch_is_refused_be_it_only_another_run()
    {
        var worker = Worker(new Fence(3, M1));

        Assert.Equal(FenceVerdict.AnotherHolder, worker.Reply<WorkerReply>(Take(M2, 3)).Verdict);
        Assert.Equal(FenceVerdict.AnotherHolder, worker.Reply<WorkerReply>(Command(M1 with { Run = "m1#2" }, 3)).Verdict);
        Assert.Equal(FenceVerdict.Accepted, worker.Reply<WorkerReply>(Take(M1, 3)).Verdict);
    }

    [Fact]
    public void A_command_is_judged_again_when_its_turn_comes()
    {
        var worker = Worker(new Fence(3, M1));
        var command = Command(M1, 3);
        worker.Receive(command);
        Assert.Equal(command, Assert.IsType<AuthorityEffect.Queue>(Assert.Single(worker.Effects)).Command);

        Assert.True(worker.State.MayRun(command.From, command.Epoch));

        worker.Receive(Take(M2, 4)); // not even on disk yet
        Assert.False(worker.State.MayRun(command.From, command.Epoch));
    }

    [Fact]
    public void What_comes_while_it_writes_waits()
    {
        var worker = Worker(new Fence(3, M1));
        worker.Receive(Take(M2, 4));
        var write = worker.Effects.OfType<AuthorityEffect.WriteFence>().Single();

        worker.Receive(Command(M1, 3));
        Assert.Empty(worker.Effects);

        worker.Give(new AuthorityInput.FenceWritten(write.Ticket));
        Assert.Equal([FenceVerdict.Accepted, FenceVerdict.Stale], worker.Sent.Cast<WorkerReply>().Select(reply => reply.Verdict));
    }

    [Fact]
    public void No_more_waits_than_there_is_room_for()
    {
        var worker = Worker(new Fence(3, M1));
        worker.Receive(Take(M2, 4));
        for (var i = 0; i <= AuthoritySettings.MaxWaiting; i++)
            worker.Receive(Command(M1, 3));

        Assert.Equal(AuthoritySettings.MaxWaiting, worker.State.Fencing!.Waiting.Count);
    }

    [Fact]
    public void When_writing_fails_nothing_is_said_and_the_file_counts()
    {
        var worker = Worker(new Fence(3, M1));
        worker.Receive(Take(M2, 4));
        var write = worker.Effects.OfType<AuthorityEffect.WriteFence>().Single();

        worker.Give(new AuthorityInput.FenceFailed(write.Ticket, new Fence(3, M1)));

        Assert.Empty(worker.Sent);
        Assert.Equal(new Fence(3, M1), worker.State.Fencing!.Fence);
    }

    [Fact]
    public void Without_a_fence_it_accepts_nothing_until_a_majority_said_what_it_promised()
    {
        var worker = Worker(null);
        Assert.Equal(3, worker.Sent.OfType<VoterRequest.TellPromised>().Count());
        Assert.Equal(FenceVerdict.Unknown, worker.Reply<WorkerReply>(Take(M1, 9)).Verdict);

        worker.Receive(Told("m1", 4));
        worker.Receive(Told("m1", 4));
        Assert.Null(worker.State.Fencing!.Fence);
        worker.Receive(Told("m2", 6));
        Assert.Equal(new Fence(6, null), worker.Effects.OfType<AuthorityEffect.WriteFence>().Single().Fence);
        worker.Written();

        Assert.Equal(FenceVerdict.Stale, worker.Reply<WorkerReply>(Take(M1, 5)).Verdict);
        Assert.Equal(FenceVerdict.Accepted, worker.Reply<WorkerReply>(Take(M1, 6)).Verdict);
        Assert.Equal(FenceVerdict.AnotherHolder, worker.Reply<WorkerReply>(Take(M2, 6)).Verdict);
    }

    [Fact]
    public void Only_admitted_voters_of_the_newest_incarnation_count()
    {
        var worker = Worker(null);

        worker.Receive(Told("m1", 4));
        worker.Receive(Told("m2", 6) with { Refusal = VoterRefusal.NotAdmitted });
        worker.Receive(Told("m2", 6) with { Incarnation = "m2@0" });
        worker.Receive(Told("m9", 6));
        Assert.Null(worker.State.Fencing!.Fence);

        worker.Receive(Told("m2", 6) with { Table = Table("m0", "m2").With("m1", new Incarnation(2, "m1@2")) });
        Assert.Null(worker.State.Fencing!.Fence);
        worker.Receive(Told("m0", 5));
        Assert.Equal(6, worker.State.Fencing!.Fence!.Epoch);
    }

    [Fact]
    public void A_file_that_is_gone_after_a_failed_write_is_found_again_by_new_answers_only()
    {
        var worker = Worker(new Fence(3, M1));
        worker.Receive(Take(M2, 4));
        var write = worker.Effects.OfType<AuthorityEffect.WriteFence>().Single();
        worker.Give(new AuthorityInput.FenceFailed(write.Ticket, null));

        var asked = Assert.IsType<VoterRequest.TellPromised>(worker.Sent[0]);
        worker.Receive(Told("m1", 4) with { Seq = asked.Seq - 1 });
        Assert.Empty(worker.State.Fencing!.Told);
        worker.Receive(Told("m1", 4) with { Seq = asked.Seq });
        Assert.Single(worker.State.Fencing!.Told);
    }

    [Fact]
    public void It_asks_again_while_it_does_not_know()
    {
        var worker = Worker(null);
        worker.Advance(0.5);
        worker.Give(AuthorityInput.Tick.Instance);

        Assert.Equal(3, worker.Sent.OfType<VoterRequest.TellPromised>().Count());
    }

    private static AuthorityDriver Worker(Fence? fence) => new(W0, rank: null, isWorker: true, fence: fence);

    private static WorkerRequest.Take Take(ManagerRun from, long epoch) => new(from, Three.Id, 1, epoch);

    private static WorkerRequest.Command Command(ManagerRun from, long epoch) => new(from, Three.Id, 2, epoch, "token");

    private static VoterReply Told(string voter, long promised) => new(
        new ManagerRun(voter, $"{voter}#1"), Three.Id, W0.Run, 1, 0, VoterRefusal.None, promised, $"{voter}@1", Table("m0", "m1", "m2"));
}
