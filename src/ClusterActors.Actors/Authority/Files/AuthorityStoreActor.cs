using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Store.Files;

namespace ClusterActors.Actors.Authority.Files;

/// <summary>
/// Writes the ballot and the fence of a node, one after the other, and answers when they are on the disk. It waits for the disk on a
/// thread of its own, so that nobody else does.
/// </summary>
internal sealed class AuthorityStoreActor : UntypedActor, IWithTimers
{
    /// <summary>A write failed and it is not known yet what the file says.</summary>
    private sealed record LookAgain(StoreCommands.IStoreCommand Command, IActorRef Asker, int Looks) : INoSerializationVerificationNeeded;

    /// <summary>Its dispatcher, in reference-akka.hocon.</summary>
    public const string Dispatcher = "cluster-actors.store-dispatcher";

    // A voter that gives its ballot up needs a person to come back: a file that cannot be read for some seconds, because the process
    // has no descriptor left for it, is worth waiting for.
    private const int MostLooks = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly BallotFile _ballot;
    private readonly FenceFile _fence;

    public AuthorityStoreActor(BallotFile ballot, FenceFile fence)
    {
        _ballot = ballot;
        _fence = fence;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="ballot">The ballot of the node.</param>
    /// <param name="fence">The fence of the node.</param>
    public static Props Props(BallotFile ballot, FenceFile fence) =>
        Akka.Actor.Props.Create(() => new AuthorityStoreActor(ballot, fence)).WithDispatcher(Dispatcher);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StoreCommands.IStoreCommand command:
                Save(command);
                break;
            case LookAgain again:
                Look(again);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Save(StoreCommands.IStoreCommand command)
    {
        try
        {
            switch (command)
            {
                case StoreCommands.WriteBallot write:
                    _ballot.Save(write.Ballot);
                    Sender.Tell(new AuthorityInput.BallotWritten(write.Ticket));
                    break;
                case StoreCommands.WriteFence write:
                    _fence.Save(write.Fence);
                    Sender.Tell(new AuthorityInput.FenceWritten(write.Ticket));
                    break;
            }
        }
        catch (Exception failure)
        {
            // Whatever it was: who asked waits for an answer, and what the file says is the answer.
            _log.Warning("{File} cannot be written: {Reason}", PathOf(command), failure.Message);
            Look(new LookAgain(command, Sender, 0));
        }
    }

    private void Look(LookAgain failed)
    {
        switch (failed.Command)
        {
            case StoreCommands.WriteBallot write:
                Answer(failed, _ballot.Load(), onDisk => new AuthorityInput.BallotFailed(write.Ticket, onDisk));
                break;
            case StoreCommands.WriteFence write:
                Answer(failed, _fence.Load(), onDisk => new AuthorityInput.FenceFailed(write.Ticket, onDisk));
                break;
        }
    }

    /// <summary>
    /// Says what the file says. That there is nothing is said after a pause, since the answer to that is the next attempt to write; that
    /// there is something that cannot be read, after many.
    /// </summary>
    private void Answer<T>(LookAgain failed, Stored<T> stored, Func<T?, AuthorityInput> answer)
        where T : class
    {
        var damaged = stored as Stored<T>.Damaged;
        if (stored is Stored<T>.Found found)
        {
            failed.Asker.Tell(answer(found.Value));
        }
        else if (failed.Looks == 0 || (damaged is { IsUnreadable: true } && failed.Looks < MostLooks))
        {
            Timers.StartSingleTimer(failed.Command.GetType(), failed with { Looks = failed.Looks + 1 }, Pause);
        }
        else
        {
            if (damaged is not null)
                _log.Error("{File} cannot be used any more: {Reason}", PathOf(failed.Command), damaged.Reason);
            failed.Asker.Tell(answer(null));
        }
    }

    private string PathOf(StoreCommands.IStoreCommand command) =>
        command is StoreCommands.WriteBallot ? _ballot.FilePath : _fence.FilePath;
}
