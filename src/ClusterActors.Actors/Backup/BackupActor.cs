using Akka.Actor;
using Akka.Event;

namespace ClusterActors.Actors.Backup;

/// <summary>
/// Supervises everything that keeps business data on this worker. Whatever fails there without having said so itself ends the node: it
/// cannot promise what it acknowledged.
/// </summary>
internal sealed class BackupActor : UntypedActor
{
    private sealed record OriginEnded : INoSerializationVerificationNeeded
    {
        public static OriginEnded Instance { get; } = new();
    }

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly OriginPlan _plan;
    private IActorRef _origin = ActorRefs.Nobody;

    public BackupActor(OriginPlan plan) => _plan = plan;

    public static Props Props(OriginPlan plan) => Akka.Actor.Props.Create(() => new BackupActor(plan));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Stop));

    protected override void PreStart()
    {
        _origin = Context.WatchWith(Context.ActorOf(OriginActor.Props(_plan), "origin"), OriginEnded.Instance);
        _plan.Store.Bind(_origin);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OriginCommands.Subscribe:
                _origin.Forward(message);
                break;
            case OriginEnded:
                _log.Error("What keeps the business data of this server has failed; the server stops");
                _plan.Startup.StoreBroken("what keeps the business data has failed, see the log");
                CoordinatedShutdown.Get(Context.System).Run(new StoreBrokenReason("what keeps the business data has failed, see the log"));
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
