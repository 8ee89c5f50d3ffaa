using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Backup;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Actors.Worker.Ports;
using ClusterActors.Actors.Worker.Threads;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker;

/// <summary>
/// Serves clients: owns the business ports and the worker threads, opens and closes, adds and removes them while it serves, and
/// says how they are.
/// </summary>
internal sealed class WorkerActor : UntypedActor, IWithTimers
{
    private sealed record PortGone(IActorRef Acceptor) : INoSerializationVerificationNeeded;

    private sealed record ThreadGone(IActorRef Thread) : INoSerializationVerificationNeeded;

    private sealed record FinishedLongEnough(long Run) : INoSerializationVerificationNeeded;

    /// <summary>A command about a port whose actor has not answered yet.</summary>
    private sealed record PortOrder(WorkerCommands.Execute Execute, IActorRef Asker, string Before);

    private const int MostLeases = 10_000;

    // How long the answer to a removal waits for the end of the threads; new work goes elsewhere long before.
    private static readonly TimeSpan FinishPatience = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly WorkerPlan _plan;
    private readonly Startup _startup;
    private readonly ThreadCrew _threads;
    private readonly Queue<string> _leases = new();
    private readonly List<IActorRef> _waitForPorts = [];
    private readonly List<IActorRef> _waitForThreads = [];
    private readonly HashSet<IActorRef> _starting = [];
    private readonly HashSet<IActorRef> _waitForStart = [];
    private readonly Dictionary<IActorRef, PortOrder> _portOrders = [];
    private ImmutableList<Removal> _removals = [];
    private PortBook _ports = PortBook.Empty;
    private int _nextThread;
    private int _nextPort;
    private bool _waitsForStore;
    private bool _takesNoWrites;
    private bool _draining;
    private bool _leaving;

    public WorkerActor(WorkerPlan plan, WorkerThreads threads, Startup startup)
    {
        _plan = plan;
        _startup = startup;
        _threads = new ThreadCrew(threads, plan.ThreadsWithdrawn);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(WorkerPlan plan, WorkerThreads threads, Startup startup) =>
        Akka.Actor.Props.Create(() => new WorkerActor(plan, threads, startup));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Stop));

    protected override void PreStart()
    {
        for (var number = 0; number < _plan.Threads; number++)
            StartThread();
        _waitsForStore = _plan.Backup is not null;
        if (_waitsForStore)
            _plan.Backup.Tell(OriginCommands.Subscribe.Instance);
        else
            StartPorts();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OriginEvents.Standing standing:
                Take(standing);
                break;
            case WorkerQueries.Describe when _waitsForStore || _starting.Count > 0:
                // Whoever heard of a worker without its ports would take it for one that serves nobody.
                _waitForStart.Add(Sender);
                break;
            case WorkerQueries.Describe:
                Sender.Tell(Describe());
                break;
            case WorkerEvents.LeaseClaimed claimed:
                Remember(claimed.Lease);
                break;
            case WorkerCommands.Execute execute:
                Execute(execute);
                break;
            case FinishedLongEnough waited:
                Finish(_removals.FindAll(removal => removal.Run == waited.Run));
                break;
            case PortEvents.Opened opened:
                Opened(Sender, opened.Port);
                break;
            case PortEvents.Failed failed:
                Failed(Sender, failed);
                break;
            case PortEvents.Closed:
                _ports = _ports.Closed(Sender);
                AnswerPortOrder(Sender, order => DonePort(order.Before));
                break;
            case PortGone gone:
                _ports = _ports.Without(gone.Acceptor);
                Started(gone.Acceptor);
                AnswerPortOrder(gone.Acceptor, _ => new CommandOutcome.Refused(FailureCode.Internal, "the port's accept loop has failed"));
                Answer(_waitForPorts, _ports.IsEmpty, WorkerEvents.PortsClosed.Instance);
                break;
            case ThreadGone gone:
                Gone(gone.Thread);
                Answer(_waitForThreads, _threads.IsEmpty, WorkerEvents.ThreadsEnded.Instance);
                break;
            case WorkerCommands.ClosePorts:
                _leaving = true;
                foreach (var acceptor in _ports.Acceptors)
                    Context.Stop(acceptor);
                _waitForPorts.Add(Sender);
                Answer(_waitForPorts, _ports.IsEmpty, WorkerEvents.PortsClosed.Instance);
                break;
            case WorkerCommands.EndThreads end:
                _leaving = true;
                _threads.End(end.Patience);
                _waitForThreads.Add(Sender);
                Answer(_waitForThreads, _threads.IsEmpty, WorkerEvents.ThreadsEnded.Instance);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static void Answer(List<IActorRef> waiting, bool done, object answer)
    {
        if (!done)
            return;
        foreach (var asker in waiting)
            asker.Tell(answer);
        waiting.Clear();
    }

    private static string Words(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Execute(WorkerCommands.Execute execute)
    {
        var outcome = _leaving
            ? new CommandOutcome.Refused(FailureCode.Internal, "this server is leaving and changes no more")
            : execute.Command switch
            {
                ServerCommand.AddThreads(var count) => AddThreads(count),
                ServerCommand.RemoveThreads(var count) => RemoveThreads(execute, count),
                ServerCommand.OpenPort(var port) => OpenPort(execute, port),
                ServerCommand.ClosePort(var port, var drain) => ClosePort(execute, port, drain),
                ServerCommand.Drain(var on) => Drain(on),
                _ => new CommandOutcome.Refused(FailureCode.UnknownAction, $"the worker knows no {execute.Command.GetType().Name}"),
            };
        if (outcome is not null)
            Sender.Tell(new WorkerEvents.Executed(execute.Run, outcome));
    }

    private CommandOutcome AddThreads(int count)
    {
        var before = _threads.Count;
        if (ResizeRule.Threads(_plan.Limits).WhyNot(before, count) is { } refused)
            return refused;
        for (var i = 0; i < count; i++)
            StartThread();
        return DoneThreads(before);
    }

    /// <returns><see langword="null"/>: answered once the threads have ended, or when that takes long.</returns>
    private CommandOutcome.Refused? RemoveThreads(WorkerCommands.Execute execute, int count)
    {
        var before = _threads.Count;
        if (ResizeRule.Threads(_plan.Limits).WhyNot(before, -(long)count) is { } refused)
            return refused;
        var retiring = _threads.Retire(count);
        _removals = _removals.Add(new Removal(execute.Run, Sender, DoneThreads(before), retiring));
        Timers.StartSingleTimer((nameof(FinishedLongEnough), execute.Run), new FinishedLongEnough(execute.Run), FinishPatience);
        return null;
    }

    private CommandOutcome.Done DoneThreads(int before) =>
        new(Words(before), Words(_threads.Count)) { Change = new WorkerChanges(Threads: _threads.Count) };

    /// <returns><see langword="null"/>: answered once the port is open or cannot be.</returns>
    private CommandOutcome.Refused? OpenPort(WorkerCommands.Execute execute, int port)
    {
        if (_ports.WhyNotOpen(port, _startup.ClusterPort, _plan.Limits.MaxPorts) is { } refused)
            return refused;
        var before = _ports.Words;
        _portOrders[StartPort(port)] = new PortOrder(execute, Sender, before);
        return null;
    }

    /// <returns><see langword="null"/>: answered once the port is closed.</returns>
    private CommandOutcome.Refused? ClosePort(WorkerCommands.Execute execute, int port, int? drainSeconds)
    {
        if (_ports.WhyNotClose(port, drainSeconds, _draining) is { } refused)
            return refused;
        var acceptor = _ports.AcceptorOf(port)!;
        _portOrders[acceptor] = new PortOrder(execute, Sender, _ports.Words);
        _ports = _ports.Closing(acceptor);
        acceptor.Tell(new PortCommands.Close(drainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null));
        return null;
    }

    private CommandOutcome.Done DonePort(string before) =>
        new(before, _ports.Words) { Change = new WorkerChanges(Ports: _ports.Asked) };

    private CommandOutcome.Done Drain(bool on)
    {
        var before = _draining;
        _draining = on;
        return new CommandOutcome.Done(before ? "1" : "0", on ? "1" : "0") { Values = [new Parameter("clients", Words(_plan.ClientCount()))] };
    }

    private void StartThread()
    {
        var thread = new WorkerThread(_nextThread++);
        var actor = Context.ActorOf(WorkerThreadActor.Props(thread), $"thread-{thread.Number}");
        Context.WatchWith(actor, new ThreadGone(actor));
        _threads.Add(thread, actor);
    }

    private void Take(OriginEvents.Standing standing)
    {
        _takesNoWrites = standing.Refusal is not null;
        if (!standing.Serves || !_waitsForStore)
            return;
        _waitsForStore = false;
        if (!_leaving)
            StartPorts();
    }

    private void StartPorts()
    {
        foreach (var port in _plan.Ports)
            _starting.Add(StartPort(port));
    }

    private IActorRef StartPort(int port)
    {
        var acceptor = Context.ActorOf(_plan.PortProps(Self, port), $"port-{_nextPort++}");
        Context.WatchWith(acceptor, new PortGone(acceptor));
        _ports = _ports.Opening(acceptor, port);
        return acceptor;
    }

    private void Opened(IActorRef acceptor, int port)
    {
        _ports = _ports.Opened(acceptor, port);
        if (_portOrders.ContainsKey(acceptor))
        {
            AnswerPortOrder(acceptor, order => DonePort(order.Before));
            return;
        }

        _startup.BusinessPortOpened(_ports.PlaceOf(acceptor), port);
        Started(acceptor);
    }

    private void Started(IActorRef acceptor)
    {
        if (!_starting.Remove(acceptor) || _starting.Count > 0)
            return;
        foreach (var asker in _waitForStart)
            asker.Tell(Describe());
        _waitForStart.Clear();
    }

    private void Failed(IActorRef acceptor, PortEvents.Failed failed)
    {
        _ports = _ports.Without(acceptor);
        if (_portOrders.ContainsKey(acceptor))
        {
            AnswerPortOrder(acceptor, _ => new CommandOutcome.Refused(failed.Code, failed.Reason));
            return;
        }

        _log.Error("A business port could not be opened: {Reason}", failed.Reason);
        _startup.Failed(failed.Reason);
        Started(acceptor);
    }

    private void AnswerPortOrder(IActorRef acceptor, Func<PortOrder, CommandOutcome> outcome)
    {
        if (_portOrders.Remove(acceptor, out var order))
            order.Asker.Tell(new WorkerEvents.Executed(order.Execute.Run, outcome(order)));
    }

    private void Gone(IActorRef thread)
    {
        _threads.Remove(thread);
        _removals = [.. _removals.Select(removal => removal with { Left = removal.Left.Remove(thread) })];
        Finish(_removals.FindAll(removal => removal.Left.IsEmpty));
    }

    private void Finish(ImmutableList<Removal> removals)
    {
        foreach (var removal in removals)
        {
            Timers.Cancel((nameof(FinishedLongEnough), removal.Run));
            removal.Answer();
        }

        _removals = _removals.RemoveRange(removals);
    }

    private WorkerQueries.Status Describe()
    {
        var status = new WorkerQueries.Status(
            _plan.ClientCount(), _plan.MaxClientCount, _threads.Count, _threads.Waiting, _ports.Open, [.. _leases], _draining || _takesNoWrites);
        _leases.Clear();
        return status;
    }

    private void Remember(string lease)
    {
        // One that is forgotten here expires at the manager by itself.
        if (_leases.Count == MostLeases)
            _leases.Dequeue();
        _leases.Enqueue(lease);
    }
}
