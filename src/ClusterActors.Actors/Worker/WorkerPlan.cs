using System.Collections.Immutable;
using Akka.Actor;

namespace ClusterActors.Actors.Worker;

/// <summary>What a worker is made of.</summary>
/// <param name="Threads">Worker threads to start with.</param>
/// <param name="Ports">Name and props of the actor of each business port, for the worker that is to own it; it tells <see cref="PortEvents"/>.</param>
/// <param name="MaxClientCount">Clients it takes at most.</param>
/// <param name="ClientCount">Tells how many are connected.</param>
internal sealed record WorkerPlan(
    int Threads, Func<IActorRef, ImmutableArray<(string Name, Props Props)>> Ports, int MaxClientCount, Func<int> ClientCount);
