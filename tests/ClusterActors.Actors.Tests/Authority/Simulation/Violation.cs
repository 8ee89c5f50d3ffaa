namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>What must never happen has happened.</summary>
internal sealed class Violation(string message) : Exception(message);
