using Akka.Actor;

namespace ClusterActors.Actors.Worker.Ports;

/// <summary>A business port of a worker.</summary>
/// <param name="Acceptor">The actor that owns its accept loop.</param>
/// <param name="Asked">The port that was asked for, 0 for any.</param>
/// <param name="Number">The port; until it is open the one that was asked for.</param>
/// <param name="Stage">How far it is.</param>
internal sealed record BusinessPort(IActorRef Acceptor, int Asked, int Number, PortStage Stage);
