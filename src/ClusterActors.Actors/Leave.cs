using Akka.Actor;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Frames;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors;

/// <summary>
/// The graceful leave of a node on SIGTERM and Ctrl-C: first the managers are told goodbye, so that nobody is sent here any more,
/// then the ports close, then every client gets a close frame and the time to answer it.
/// </summary>
internal static class Leave
{
    private static readonly FramedActor.SayGoodbye Goodbye = new(CloseCode.GoingAway, "this server is leaving");

    public static void Register(ActorSystem system, IActorRef io, IActorRef gateway, IActorRef? worker, LoopGroup loops) =>
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "leave", () =>
        {
            gateway.Tell(GatewayCommands.Leave.Instance);
            worker?.Tell(WorkerCommands.ClosePorts.Instance);
            loops.TellConnections(Goodbye);
            var empty = new TaskCompletionSource<Akka.Done>(TaskCreationOptions.RunContinuationsAsynchronously);
            io.Tell(new IoActor.WhenEmpty(() => empty.TrySetResult(Akka.Done.Instance)));
            return empty.Task;
        });
}
