using Akka.Actor;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors;

/// <summary>Makes the graceful leave of a node, on SIGTERM and Ctrl-C, the first part of Akka's coordinated shutdown.</summary>
internal static class Leave
{
    public static void Register(ActorSystem system, IActorRef io, IActorRef? authority, IActorRef gateway, IActorRef? worker, LoopGroup loops) =>
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "leave", () =>
        {
            var done = new TaskCompletionSource<Akka.Done>(TaskCreationOptions.RunContinuationsAsynchronously);
            system.ActorOf(LeaveActor.Props(io, authority, gateway, worker, loops, () => done.TrySetResult(Akka.Done.Instance)), "leave");
            return done.Task;
        });
}
