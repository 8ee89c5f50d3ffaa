using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace ClusterActors.Actors.Worker;

/// <summary>Serves clients: owns the business ports and the worker threads, and says how they are.</summary>
internal sealed class WorkerActor : UntypedActor
{
    private sealed record PortGone(IActorRef Acceptor) : INoSerializationVerificationNeeded;

    private sealed record ThreadGone(IActorRef Thread) : INoSerializationVerificationNeeded;

    private sealed record OpenPort(IActorRef Acceptor, int Number);

    private const int MostLeases = 10_000;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly WorkerPlan _plan;
    private readonly WorkerThreads _threads;
    private readonly Startup _startup;
    private readonly Queue<string> _leases = new();
    private readonly List<IActorRef> _waitForPorts = [];
    private readonly List<IActorRef> _waitForThreads = [];
    private ImmutableList<IActorRef> _acceptors = [];
    private ImmutableList<IActorRef> _threadActors = [];
    private ImmutableList<OpenPort> _open = [];

    public WorkerActor(WorkerPlan plan, WorkerThreads threads, Startup startup)
    {
        _plan = plan;
        _threads = threads;
        _startup = startup;
    }

    public static Props Props(WorkerPlan plan, WorkerThreads threads, Startup startup) =>
        Akka.Actor.Props.Create(() => new WorkerActor(plan, threads, startup));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Stop));

    protected override void PreStart()
    {
        for (var number = 0; number < _plan.Threads; number++)
            StartThread(new WorkerThread(number));
        foreach (var (name, props) in _plan.Ports(Self))
        {
            var acceptor = Context.ActorOf(props, name);
            Context.WatchWith(acceptor, new PortGone(acceptor));
            _acceptors = _acceptors.Add(acceptor);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerQueries.Describe:
                Sender.Tell(Describe());
                break;
            case WorkerEvents.LeaseClaimed claimed:
                Remember(claimed.Lease);
                break;
            case PortEvents.Opened opened:
                _open = _open.Add(new OpenPort(Sender, opened.Port));
                _startup.BusinessPortOpened(opened.Port);
                break;
            case PortEvents.Failed failed:
                _log.Error("A business port could not be opened: {Reason}", failed.Reason);
                _startup.Failed(failed.Reason);
                break;
            case PortGone gone:
                _acceptors = _acceptors.Remove(gone.Acceptor);
                _open = _open.RemoveAll(port => port.Acceptor.Equals(gone.Acceptor));
                Answer(_waitForPorts, _acceptors.IsEmpty, WorkerEvents.PortsClosed.Instance);
                break;
            case ThreadGone gone:
                _threadActors = _threadActors.Remove(gone.Thread);
                Answer(_waitForThreads, _threadActors.IsEmpty, WorkerEvents.ThreadsEnded.Instance);
                break;
            case WorkerCommands.ClosePorts:
                foreach (var acceptor in _acceptors)
                    Context.Stop(acceptor);
                _waitForPorts.Add(Sender);
                Answer(_waitForPorts, _acceptors.IsEmpty, WorkerEvents.PortsClosed.Instance);
                break;
            case WorkerCommands.EndThreads end:
                foreach (var thread in _threadActors)
                    thread.Tell(new WorkerThreadActor.Finish(end.Patience));
                _waitForThreads.Add(Sender);
                Answer(_waitForThreads, _threadActors.IsEmpty, WorkerEvents.ThreadsEnded.Instance);
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

    private void StartThread(WorkerThread thread)
    {
        var actor = Context.ActorOf(WorkerThreadActor.Props(thread), $"thread-{thread.Number}");
        Context.WatchWith(actor, new ThreadGone(actor));
        _threadActors = _threadActors.Add(actor);
        _threads.Publish(thread);
    }

    private WorkerQueries.Status Describe()
    {
        var status = new WorkerQueries.Status(
            _plan.ClientCount(), _plan.MaxClientCount, _threads.Count, _threads.Waiting, [.. _open.Select(port => port.Number)], [.. _leases]);
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
