namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>Something that is to happen in the simulation.</summary>
/// <param name="Kind">What.</param>
/// <param name="Node">To whom; -1 to nobody in particular.</param>
/// <param name="Life">In which life of the node; it is lost in any other one.</param>
/// <param name="What">With what.</param>
internal readonly record struct Happening(HappeningKind Kind, int Node, int Life, object? What);
