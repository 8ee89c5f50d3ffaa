using Akka.Actor;
using Akka.Event;

namespace ClusterActors.Actors.Worker.Threads;

/// <summary>
/// Owns a worker thread. States: Running (left by <see cref="Finish"/>, or when the thread, having been retired, has done what it
/// has) and Finishing (left when the thread has done what it has, or by the end of the patience). A thread that does not come back
/// from its handler is left behind then.
/// </summary>
internal sealed class WorkerThreadActor : UntypedActor, IWithTimers
{
    /// <summary>Let the thread do what it has, and stop.</summary>
    /// <param name="Patience">How long to wait for that.</param>
    public sealed record Finish(TimeSpan Patience) : INoSerializationVerificationNeeded;

    private sealed record Ended : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Ended Instance { get; } = new();
    }

    private sealed record PatienceOver : INoSerializationVerificationNeeded
    {
        public static PatienceOver Instance { get; } = new();
    }

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly WorkerThread _thread;

    public WorkerThreadActor(WorkerThread thread) => _thread = thread;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(WorkerThread thread) => Akka.Actor.Props.Create(() => new WorkerThreadActor(thread));

    protected override void PreStart()
    {
        var self = Self;
        _thread.Start(() => self.Tell(Ended.Instance, ActorRefs.NoSender));
    }

    protected override void PostStop() => _thread.Abandon();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Finish finish:
                _thread.Retire();
                Timers.StartSingleTimer(nameof(PatienceOver), PatienceOver.Instance, finish.Patience);
                break;
            case Ended:
                Context.Stop(Self);
                break;
            case PatienceOver:
                _log.Warning("Worker thread {Thread} is left behind: its handler does not return", _thread.Number);
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
