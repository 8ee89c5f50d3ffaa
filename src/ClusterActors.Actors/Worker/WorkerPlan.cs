using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Actors.Worker.Commands;

namespace ClusterActors.Actors.Worker;

/// <summary>What a worker is made of.</summary>
/// <param name="Threads">Worker threads to start with.</param>
/// <param name="Ports">Business ports to start with; 0 is any free one.</param>
/// <param name="PortProps">
/// Props of the actor of a business port, for the worker that is to own it; it tells <see cref="PortEvents"/> and takes <see cref="PortCommands"/>.
/// </param>
/// <param name="Limits">How far commands may go.</param>
/// <param name="MaxClientCount">Clients it takes at most.</param>
/// <param name="ClientCount">Tells how many are connected.</param>
/// <param name="ThreadsWithdrawn">Tells every client that worker threads retire.</param>
/// <param name="Backup">Keeps the business data: no port opens before its store is open, and while it takes no writes nobody new is to come here. Null where nothing is kept.</param>
internal sealed record WorkerPlan(
    int Threads,
    ImmutableArray<int> Ports,
    Func<IActorRef, int, Props> PortProps,
    WorkerLimits Limits,
    int MaxClientCount,
    Func<int> ClientCount,
    Action ThreadsWithdrawn,
    IActorRef? Backup = null);
