using Akka.Actor;
using Akka.Event;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Transport.Loops;

/// <summary>Owns the reader-writer loops: starts them, publishes each in the <see cref="LoopGroup"/> once it runs, and ends them.</summary>
internal sealed class IoActor : UntypedActor, IWithTimers
{
    /// <summary>Asks for <see cref="Ready"/>.</summary>
    public sealed record WhenReady : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static WhenReady Instance { get; } = new();
    }

    /// <summary>All loops run: sockets may be handed to the group.</summary>
    public sealed record Ready : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Ready Instance { get; } = new();
    }

    /// <summary>Have so many loops. Connections go on meanwhile. Answered with <see cref="Resized"/>.</summary>
    /// <param name="Count">1 or more.</param>
    public sealed record Resize(int Count) : INoSerializationVerificationNeeded;

    /// <summary>Every connection is served by one of the loops there are now; those that were removed have ended.</summary>
    /// <param name="Before">Loops there were.</param>
    /// <param name="After">Loops there are.</param>
    public sealed record Resized(int Before, int After) : INoSerializationVerificationNeeded;

    /// <summary>Calls back once no connection is left.</summary>
    /// <param name="Call">Called once, on the actor's thread; must not throw.</param>
    public sealed record WhenEmpty(Action Call) : INoSerializationVerificationNeeded;

    private sealed record CountAgain : INoSerializationVerificationNeeded
    {
        public static CountAgain Instance { get; } = new();
    }

    internal sealed record LoopStarted(IoLoop Loop, IActorRef Supervisor) : INoSerializationVerificationNeeded;

    private sealed record LoopEnded(IoLoop Loop) : INoSerializationVerificationNeeded;

    private static readonly TimeSpan CountEvery = TimeSpan.FromMilliseconds(10);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly LoopGroup _group;
    private readonly int _count;
    private readonly PollEngine _engine;
    private readonly TimeProvider _time;
    private readonly List<IActorRef> _waiting = [];
    private Action? _whenEmpty;
    private int _started;

    /// <summary>Creates the actor; use <see cref="Props"/>.</summary>
    public IoActor(LoopGroup group, int count, PollEngine engine, TimeProvider time)
    {
        _group = group;
        _count = count;
        _engine = engine;
        _time = time;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to start it.</summary>
    /// <param name="group">Where the loops are published.</param>
    /// <param name="count">How many loops to start, 1 or more.</param>
    /// <param name="engine">How they wait for their sockets.</param>
    /// <param name="time">Clock of deadlines and idle limits.</param>
    public static Props Props(LoopGroup group, int count, PollEngine engine, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new IoActor(group, count, engine, time));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Stop));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        for (var number = 0; number < _count; number++)
        {
            var loop = new IoLoop(number, _engine, _time);
            LoopDispatcherConfigurator.Register(Context.System, loop);
            loop.Start();
            var supervisor = Context.ActorOf(LoopSupervisor.Props(loop, _group), $"loop-{number}");
            Context.WatchWith(supervisor, new LoopEnded(loop));
        }
    }

    /// <inheritdoc/>
    protected override void PostStop() => _group.WithdrawAll();

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LoopStarted started:
                _group.Publish(started.Loop, started.Supervisor);
                _started++;
                _log.Debug("Reader-writer {Loop} runs", started.Loop.Number);
                AnswerWhenReady();
                break;
            case LoopEnded ended:
                _group.Withdraw(ended.Loop);
                _log.Error("Reader-writer {Loop} has ended unexpectedly; its connections are closed", ended.Loop.Number);
                break;
            case WhenReady:
                _waiting.Add(Sender);
                AnswerWhenReady();
                break;
            case WhenEmpty empty:
                _whenEmpty += empty.Call;
                CallWhenEmpty();
                break;
            case CountAgain:
                CallWhenEmpty();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void AnswerWhenReady()
    {
        if (_started < _count)
            return;
        foreach (var waiting in _waiting)
            waiting.Tell(Ready.Instance);
        _waiting.Clear();
    }

    private void CallWhenEmpty()
    {
        if (_group.ConnectionCount > 0)
        {
            Timers.StartSingleTimer(nameof(CountAgain), CountAgain.Instance, CountEvery);
            return;
        }

        _whenEmpty?.Invoke();
        _whenEmpty = null;
    }
}
