using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>
/// Executes the commands of managers, one at a time: has the worker and the reader-writers make each change, keeps what is to be
/// kept over a restart, answers, and tells the reporter. What becomes of a command is decided by the <see cref="CommandDesk"/>.
/// </summary>
internal sealed class CommandActor : UntypedActor, IWithTimers
{
    private sealed record LimitOver(long Run) : INoSerializationVerificationNeeded;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _worker;
    private readonly IActorRef _readerWriters;
    private readonly WorkerChangesFile? _file;
    private readonly TimeProvider _time;
    private readonly AuthorityGate _gate;
    private readonly long _start;
    private WorkerChanges _changes;
    private CommandDesk _desk;
    private IActorRef _subscriber = ActorRefs.Nobody;

    public CommandActor(
        CommandSettings settings,
        IActorRef worker,
        IActorRef readerWriters,
        WorkerChangesFile? file,
        WorkerChanges changes,
        TimeProvider time,
        AuthorityGate gate)
    {
        _gate = gate;
        _desk = new CommandDesk(settings);
        _worker = worker;
        _readerWriters = readerWriters;
        _file = file;
        _changes = changes;
        _time = time;
        _start = time.GetTimestamp();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <param name="settings">Bounds.</param>
    /// <param name="worker">Takes <see cref="WorkerCommands.Execute"/> for threads, ports and draining.</param>
    /// <param name="readerWriters">Takes it for reader-writers.</param>
    /// <param name="file">Where changes are kept; <see langword="null"/>: they are not.</param>
    /// <param name="changes">What the file held at the start.</param>
    /// <param name="time">Clock.</param>
    /// <param name="gate">Says whether a command that waited may still be executed.</param>
    public static Props Props(
        CommandSettings settings,
        IActorRef worker,
        IActorRef readerWriters,
        WorkerChangesFile? file,
        WorkerChanges changes,
        TimeProvider time,
        AuthorityGate gate) =>
        Akka.Actor.Props.Create(() => new CommandActor(settings, worker, readerWriters, file, changes, time, gate));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CommandEvents.Received received:
                Apply(_desk.Take(new CommandCall(Sender, received.Request, received.Manager), Now));
                break;
            case WorkerEvents.Executed executed:
                Timers.Cancel(executed.Run);
                var outcome = Keep(executed.Outcome);
                Apply(_desk.Executed(executed.Run, outcome, Now));
                if (outcome is CommandOutcome.Done)
                    _subscriber.Tell(WorkerEvents.Changed.Instance);
                break;
            case LimitOver over:
                Apply(_desk.TimedOut(over.Run, Now));
                break;
            case WorkerCommands.Subscribe:
                _subscriber = Sender;
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Apply((CommandDesk Desk, ImmutableList<CommandEffect> Effects) decision)
    {
        _desk = decision.Desk;
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case CommandEffect.Begin begin:
                    Begin(begin);
                    break;
                case CommandEffect.Answer answer:
                    CommandAudit.Answered(_log, _desk.Settings.Node, answer);
                    answer.Call.Link.Tell(new CommandEvents.Answered(answer.Reply, answer.Call.Request));
                    break;
                case CommandEffect.Late late:
                    CommandAudit.EndedLate(_log, _desk.Settings.Node, late);
                    break;
            }
        }
    }

    private void Begin(CommandEffect.Begin begin)
    {
        // A newer holder of authority may have taken this worker while the command waited for its turn.
        if (!_gate.MayRun(begin.Request))
        {
            var stale = AuthorityReplies.Stale(_gate.Newest!.State, FenceVerdict.Stale, begin.Request.Epoch ?? 0);
            Apply(_desk.Executed(begin.Run, new CommandOutcome.Refused(stale.Code!, stale.Msg!), Now));
            return;
        }

        var executor = begin.Request.Command is ServerCommand.AddReaderWriters or ServerCommand.RemoveReaderWriters ? _readerWriters : _worker;
        executor.Tell(new WorkerCommands.Execute(begin.Run, begin.Request.Command));
        Timers.StartSingleTimer(begin.Run, new LimitOver(begin.Run), _desk.Settings.Limit);
    }

    /// <summary>Writes what is to be kept. A change that cannot be written is made all the same, and the reply says that it will not last.</summary>
    private CommandOutcome Keep(CommandOutcome outcome)
    {
        if (_file is null || outcome is not CommandOutcome.Done { Change: { } change } done)
            return outcome;
        _changes = _changes.With(change);
        try
        {
            _file.Save(_changes);
            return outcome;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _log.Warning("A change is made but not kept: {File} cannot be written: {Reason}", _file.FilePath, failure.Message);
            return done with { Values = [.. done.Values, new Parameter("kept", "0")] };
        }
    }
}
