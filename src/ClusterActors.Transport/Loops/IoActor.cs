using System.Collections.Immutable;
using System.ComponentModel;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Transport.Loops;

/// <summary>
/// Owns the reader-writer loops and their lanes: starts them, publishes each lane in the <see cref="LoopGroup"/> once it is served,
/// adds and removes loops while connections are served, and ends them all. States: Running (left by a resize) and Moving (left
/// when every lane that had to move is served by its new loop, and every loop that had to go has ended; a resize that comes
/// meanwhile waits).
/// </summary>
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

    /// <summary>Have so many loops. Connections go on meanwhile. Answered with <see cref="Resized"/> or <see cref="ResizeFailed"/>.</summary>
    /// <param name="Count">1 or more.</param>
    public sealed record Resize(int Count) : INoSerializationVerificationNeeded;

    /// <summary>Every connection is served by one of the loops there are now; those that were removed have ended.</summary>
    /// <param name="Before">Loops there were.</param>
    /// <param name="After">Loops there are.</param>
    public sealed record Resized(int Before, int After) : INoSerializationVerificationNeeded;

    /// <summary>A resize could not be made, and changed nothing.</summary>
    /// <param name="Count">Loops there are.</param>
    /// <param name="Reason">Why, in words.</param>
    public sealed record ResizeFailed(int Count, string Reason) : INoSerializationVerificationNeeded;

    /// <summary>Calls back once no connection is left.</summary>
    /// <param name="Call">Called once, on the actor's thread; must not throw.</param>
    public sealed record WhenEmpty(Action Call) : INoSerializationVerificationNeeded;

    internal sealed record LaneStarted(Lane Lane, IActorRef Supervisor) : INoSerializationVerificationNeeded;

    private sealed record CountAgain : INoSerializationVerificationNeeded
    {
        public static CountAgain Instance { get; } = new();
    }

    private sealed record LaneEnded(Lane Lane) : INoSerializationVerificationNeeded;

    private sealed record LaneMoved(Lane Lane) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    private sealed record LoopEnded(IoLoop Loop) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>Lanes for each loop: with more of them the connections of a loop that goes are spread more evenly.</summary>
    public const int LanesPerLoop = 8;

    private static readonly TimeSpan CountEvery = TimeSpan.FromMilliseconds(10);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly LoopGroup _group;
    private readonly int _count;
    private readonly Func<IPoller> _newPoller;
    private readonly TimeProvider _time;
    private readonly List<IActorRef> _waitForReady = [];
    private readonly Queue<(int Count, IActorRef Asker)> _resizes = new();
    private readonly HashSet<Lane> _starting = [];
    private readonly HashSet<Lane> _moving = [];
    private readonly HashSet<IoLoop> _ending = [];
    private ImmutableArray<Lane> _lanes = [];
    private ImmutableArray<IoLoop> _loops = [];
    private ImmutableArray<IoLoop> _leaving = [];
    private (int Before, IActorRef Asker)? _resize;
    private Action? _whenEmpty;
    private int _nextLoop;
    private int _nextLane;

    /// <summary>Creates the actor; use <c>Props</c>.</summary>
    public IoActor(LoopGroup group, int count, Func<IPoller> newPoller, TimeProvider time)
    {
        _group = group;
        _count = count;
        _newPoller = newPoller;
        _time = time;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to start it.</summary>
    /// <param name="group">Where the lanes are published.</param>
    /// <param name="count">How many loops to start, 1 or more.</param>
    /// <param name="engine">How they wait for their sockets.</param>
    /// <param name="time">Clock of deadlines and idle limits.</param>
    public static Props Props(LoopGroup group, int count, PollEngine engine, TimeProvider time) =>
        Props(group, count, () => engine.Create(), time);

    /// <summary>How to start it with pollers of one's own.</summary>
    internal static Props Props(LoopGroup group, int count, Func<IPoller> newPoller, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new IoActor(group, count, newPoller, time));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Stop));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        AddLoops(NewPollers(_count));
        _group.Count = _count;
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _group.WithdrawAll();
        foreach (var loop in _loops.Concat(_leaving))
            loop.Stop();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LaneStarted started:
                _group.Publish(started.Lane, started.Supervisor);
                _starting.Remove(started.Lane);
                GoOn();
                break;
            case LaneEnded ended:
                _log.Error("Lane {Lane} has ended unexpectedly; its connections are closed", ended.Lane.Number);
                _group.Withdraw(ended.Lane);
                _lanes = _lanes.Remove(ended.Lane);
                _starting.Remove(ended.Lane);
                GoOn();
                break;
            case Resize resize:
                _resizes.Enqueue((resize.Count, Sender));
                GoOn();
                break;
            case LaneMoved moved:
                _moving.Remove(moved.Lane);
                GoOn();
                break;
            case LoopEnded ended:
                _ending.Remove(ended.Loop);
                GoOn();
                break;
            case WhenReady:
                _waitForReady.Add(Sender);
                GoOn();
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

    // Each step begins once the one before it is complete: lanes start, lanes move, loops end.
    private void GoOn()
    {
        if (_starting.Count > 0)
            return;
        foreach (var waiting in _waitForReady)
            waiting.Tell(Ready.Instance);
        _waitForReady.Clear();
        if (_moving.Count > 0)
            return;
        StopLeaving();
        if (_ending.Count > 0)
            return;
        Answer();
        if (_resizes.TryDequeue(out var resize))
            Begin(resize.Count, resize.Asker);
    }

    private void Begin(int count, IActorRef asker)
    {
        var pollers = ImmutableArray<IPoller>.Empty;
        try
        {
            pollers = NewPollers(count - _loops.Length);
        }
        catch (Win32Exception failure)
        {
            _log.Warning("Reader-writers: no more than {Count}, another one cannot be made: {Reason}", _loops.Length, failure.Message);
            asker.Tell(new ResizeFailed(_loops.Length, $"another reader-writer cannot be made: {failure.Message}"));
            GoOn();
            return;
        }

        _resize = (_loops.Length, asker);
        if (count > _loops.Length)
            AddLoops(pollers);
        else if (count < _loops.Length)
            Dismiss(_loops.Length - count);
        MoveLanes();
        GoOn();
    }

    // All or none: what the system may have run out of is taken before anything is changed.
    private ImmutableArray<IPoller> NewPollers(int count)
    {
        var pollers = ImmutableArray.CreateBuilder<IPoller>();
        try
        {
            while (pollers.Count < count)
                pollers.Add(_newPoller());
            return pollers.ToImmutable();
        }
        catch
        {
            foreach (var poller in pollers)
                poller.Dispose();
            throw;
        }
    }

    private void AddLoops(ImmutableArray<IPoller> pollers)
    {
        var self = Self;
        var added = pollers.Select(poller => new IoLoop(_nextLoop++, poller, _time, loop => self.Tell(new LoopEnded(loop), ActorRefs.NoSender))).ToList();
        _loops = _loops.AddRange(added);
        var lanes = Enumerable.Range(_nextLane, Math.Max(0, (_loops.Length * LanesPerLoop) - _lanes.Length))
            .Select(number => new Lane(number, _loops[number % _loops.Length]))
            .ToImmutableArray();
        _nextLane += lanes.Length;
        _lanes = _lanes.AddRange(lanes);
        foreach (var lane in lanes)
            LaneDispatcherConfigurator.Register(Context.System, lane);
        foreach (var loop in added)
            loop.Start();
        foreach (var lane in lanes)
            Start(lane);
    }

    private void Start(Lane lane)
    {
        _starting.Add(lane);
        lane.Loop.Take(lane, () => { });
        var supervisor = Context.ActorOf(LaneSupervisor.Props(lane, _group), $"lane-{lane.Number}");
        Context.WatchWith(supervisor, new LaneEnded(lane));
    }

    /// <summary>Those with the fewest connections go: the least is moved.</summary>
    private void Dismiss(int count)
    {
        var connections = _lanes.ToLookup(lane => lane.Loop, lane => lane.ConnectionCount);
        _leaving = [.. _loops.OrderBy(loop => connections[loop].Sum()).Take(count)];
        _loops = _loops.RemoveRange(_leaving);
    }

    private void MoveLanes()
    {
        var self = Self;
        var lanes = _lanes;
        foreach (var (index, target) in LanePlan.Balance([.. lanes.Select(lane => (_loops.IndexOf(lane.Loop), lane.ConnectionCount))], _loops.Length))
        {
            var lane = lanes[index];
            _moving.Add(lane);
            lane.Loop.Give(lane, _loops[target], () => self.Tell(new LaneMoved(lane), ActorRefs.NoSender));
        }
    }

    private void StopLeaving()
    {
        foreach (var loop in _leaving)
        {
            _ending.Add(loop);
            loop.Stop();
        }

        _leaving = [];
    }

    private void Answer()
    {
        if (_resize is not { } resize)
            return;
        _resize = null;
        _group.Count = _loops.Length;
        _group.Regroup();
        _log.Info("Reader-writers: {Before} before, {After} now", resize.Before, _loops.Length);
        resize.Asker.Tell(new Resized(resize.Before, _loops.Length));
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
