using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Frames;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors;

/// <summary>
/// Takes a node out of its fleet step by step: first management authority is handed over, where it is held, then the managers are told
/// goodbye, so that nobody is sent here any more, then the ports close, then every client gets a close frame and the time to answer it,
/// and last the worker threads end. States: HandingOver, TellingManagers, ClosingPorts, EmptyingConnections, EndingThreads; each is left when its step is done or has taken too long.
/// </summary>
internal sealed class LeaveActor : UntypedActor, IWithTimers
{
    private sealed record Emptied : INoSerializationVerificationNeeded
    {
        public static Emptied Instance { get; } = new();
    }

    private sealed record StepTookTooLong : INoSerializationVerificationNeeded
    {
        public static StepTookTooLong Instance { get; } = new();
    }

    // Together less than the phase of the coordinated shutdown that this runs in may take (reference-akka.hocon).
    private static readonly TimeSpan AuthorityLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ManagersLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PortsLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectionsLimit = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan ThreadsLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly FramedActor.SayGoodbye Goodbye = new(CloseCode.GoingAway, "this server is leaving", Patience);

    private readonly IActorRef _io;
    private readonly IActorRef? _authority;
    private readonly IActorRef _gateway;
    private readonly IActorRef? _worker;
    private readonly LoopGroup _loops;
    private readonly Action _done;

    public LeaveActor(IActorRef io, IActorRef? authority, IActorRef gateway, IActorRef? worker, LoopGroup loops, Action done)
    {
        _io = io;
        _authority = authority;
        _gateway = gateway;
        _worker = worker;
        _loops = loops;
        _done = done;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef io, IActorRef? authority, IActorRef gateway, IActorRef? worker, LoopGroup loops, Action done) =>
        Akka.Actor.Props.Create(() => new LeaveActor(io, authority, gateway, worker, loops, done));

    protected override void PreStart()
    {
        if (_authority is null)
        {
            TellManagers();
            return;
        }

        _authority.Tell(AuthorityCommands.Leave.Instance);
        Limit(AuthorityLimit);
        Become(HandingOver);
    }

    protected override void OnReceive(object message) => Unhandled(message);

    private void HandingOver(object message)
    {
        if (message is AuthorityEvents.Left or StepTookTooLong)
            TellManagers();
        else
            Unhandled(message);
    }

    private void TellingManagers(object message)
    {
        if (message is not (GatewayEvents.Left or StepTookTooLong))
            Unhandled(message);
        else if (_worker is null)
            EmptyConnections();
        else
            ClosePorts(_worker);
    }

    private void ClosingPorts(object message)
    {
        if (message is WorkerEvents.PortsClosed or StepTookTooLong)
            EmptyConnections();
        else
            Unhandled(message);
    }

    private void EmptyingConnections(object message)
    {
        switch (message)
        {
            case Emptied or StepTookTooLong when _worker is not null:
                EndThreads(_worker);
                break;
            case Emptied or StepTookTooLong:
                Finish();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void EndingThreads(object message)
    {
        if (message is WorkerEvents.ThreadsEnded or StepTookTooLong)
            Finish();
        else
            Unhandled(message);
    }

    private void TellManagers()
    {
        _gateway.Tell(GatewayCommands.Leave.Instance);
        Limit(ManagersLimit);
        Become(TellingManagers);
    }

    private void ClosePorts(IActorRef worker)
    {
        worker.Tell(WorkerCommands.ClosePorts.Instance);
        Limit(PortsLimit);
        Become(ClosingPorts);
    }

    private void EmptyConnections()
    {
        // A connection may have been accepted in the moment in which its port was closed.
        _loops.TellConnections(Goodbye, andLaterOnes: true);
        var self = Self;
        _io.Tell(new IoActor.WhenEmpty(() => self.Tell(Emptied.Instance)));
        Limit(ConnectionsLimit);
        Become(EmptyingConnections);
    }

    private void EndThreads(IActorRef worker)
    {
        worker.Tell(new WorkerCommands.EndThreads(ThreadsLimit));
        Limit(ThreadsLimit * 2);
        Become(EndingThreads);
    }

    private void Finish()
    {
        _done();
        Context.Stop(Self);
    }

    private void Limit(TimeSpan time) => Timers.StartSingleTimer(nameof(StepTookTooLong), StepTookTooLong.Instance, time);
}
