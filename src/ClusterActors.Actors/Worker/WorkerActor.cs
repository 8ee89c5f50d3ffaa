using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace ClusterActors.Actors.Worker;

/// <summary>Serves clients: owns the business ports and the worker threads, and says how they are.</summary>
internal sealed class WorkerActor : UntypedActor
{
    private const int MostLeases = 10_000;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly WorkerPlan _plan;
    private readonly WorkerThreads _threads;
    private readonly Startup _startup;
    private readonly Queue<string> _leases = new();
    private ImmutableArray<int> _ports = [];

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
            _threads.Publish(new WorkerThread(number, Context.ActorOf(WorkerThreadActor.Props(), $"thread-{number}")));
        foreach (var (name, props) in _plan.Ports)
            Context.ActorOf(props, name);
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
                _ports = _ports.Add(opened.Port);
                _startup.BusinessPortOpened(opened.Port);
                break;
            case PortEvents.Failed failed:
                _log.Error("A business port could not be opened: {Reason}", failed.Reason);
                _startup.Failed(failed.Reason);
                break;
            case WorkerCommands.ClosePorts:
                foreach (var child in Context.GetChildren().Where(child => child.Path.Name.StartsWith("port-", StringComparison.Ordinal)))
                    Context.Stop(child);
                _ports = [];
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private WorkerQueries.Status Describe()
    {
        var status = new WorkerQueries.Status(
            _plan.ClientCount(), _plan.MaxClientCount, _threads.Count, _threads.Waiting, _ports, [.. _leases]);
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
