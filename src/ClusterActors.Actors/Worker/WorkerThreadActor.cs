using Akka.Actor;

namespace ClusterActors.Actors.Worker;

/// <summary>A business worker: runs handlers on a thread of its own, which may block.</summary>
internal sealed class WorkerThreadActor : UntypedActor
{
    /// <summary>Dispatcher of the worker threads, one thread per actor; defined in <c>reference.hocon</c>.</summary>
    public const string Dispatcher = "cluster-actors-worker-thread";

    public static Props Props() => Akka.Actor.Props.Create(() => new WorkerThreadActor()).WithDispatcher(Dispatcher);

    protected override void OnReceive(object message)
    {
        if (message is BusinessWork work)
            work.Run();
        else
            Unhandled(message);
    }
}
