using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Tests.Gateway;

public sealed class ReaderWriterActorSpecs : TestKit
{
    private readonly TestProbe _io;
    private readonly IActorRef _actor;
    private int _count = 2;

    public ReaderWriterActorSpecs()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF }")
    {
        _io = CreateTestProbe();
        _actor = Sys.ActorOf(ReaderWriterActor.Props(_io.Ref, () => _count, ResizeRule.ReaderWriters(new WorkerLimits(9, 5, 9))));
    }

    private void Tell(long run, ServerCommand command) => _actor.Tell(new WorkerCommands.Execute(run, command), TestActor);

    private WorkerEvents.Executed Executed() => ExpectMsg<WorkerEvents.Executed>(Eventually.Limit);

    [Fact]
    public void More_or_fewer_becomes_a_number()
    {
        Tell(1, new ServerCommand.AddReaderWriters(3));
        _io.ExpectMsg(new IoActor.Resize(5), Eventually.Limit);
        _actor.Tell(new IoActor.Resized(2, 5), _io.Ref);
        var done = Assert.IsType<CommandOutcome.Done>(Executed().Outcome);
        Assert.Equal(("2", "5", 5), (done.Before, done.After, done.Change!.ReaderWriters));
        _count = 5;

        Tell(2, new ServerCommand.RemoveReaderWriters(4));

        _io.ExpectMsg(new IoActor.Resize(1), Eventually.Limit);
    }

    [Fact]
    public void A_change_that_cannot_be_made_is_refused_and_the_next_is_answered_for_itself()
    {
        Tell(1, new ServerCommand.AddReaderWriters(1));
        Tell(2, new ServerCommand.AddReaderWriters(1));
        _actor.Tell(new IoActor.ResizeFailed(2, "no descriptors"), _io.Ref);
        _actor.Tell(new IoActor.Resized(2, 4), _io.Ref);

        var refused = Executed();
        Assert.Equal((1L, FailureCode.Internal, "no descriptors"), (refused.Run, ((CommandOutcome.Refused)refused.Outcome).Code, ((CommandOutcome.Refused)refused.Outcome).Reason));
        Assert.Equal(2L, Executed().Run);
    }

    [Fact]
    public void Changes_that_are_never_done_do_not_pile_up()
    {
        for (var run = 1; run <= 16; run++)
            Tell(run, run % 2 == 1 ? new ServerCommand.AddReaderWriters(1) : new ServerCommand.RemoveReaderWriters(1));

        Tell(17, new ServerCommand.AddReaderWriters(1));

        var refused = Executed();
        Assert.Equal((17L, FailureCode.NoCapacity), (refused.Run, ((CommandOutcome.Refused)refused.Outcome).Code));
    }

    [Fact]
    public void A_change_comes_on_top_of_one_that_is_still_being_made()
    {
        Tell(1, new ServerCommand.AddReaderWriters(2));
        Tell(2, new ServerCommand.AddReaderWriters(1));
        _io.ExpectMsg(new IoActor.Resize(4), Eventually.Limit);
        _io.ExpectMsg(new IoActor.Resize(5), Eventually.Limit);
        Tell(3, new ServerCommand.AddReaderWriters(1));
        Assert.IsType<CommandOutcome.Refused>(Executed().Outcome);

        _actor.Tell(new IoActor.Resized(2, 4), _io.Ref);
        _actor.Tell(new IoActor.Resized(4, 5), _io.Ref);

        Assert.Equal([1L, 2L], [Executed().Run, Executed().Run]);
    }

    [Fact]
    public void Too_many_and_too_few_are_refused()
    {
        Tell(1, new ServerCommand.AddReaderWriters(int.MaxValue));
        Tell(2, new ServerCommand.RemoveReaderWriters(2));

        Assert.Equal("out-of-range", Assert.IsType<CommandOutcome.Refused>(Executed().Outcome).Code);
        Assert.Equal("out-of-range", Assert.IsType<CommandOutcome.Refused>(Executed().Outcome).Code);
        _io.ExpectNoMsg(TimeSpan.Zero);
    }
}
