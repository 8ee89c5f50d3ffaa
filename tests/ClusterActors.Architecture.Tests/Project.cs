namespace ClusterActors.Architecture.Tests;

/// <summary>A project and what it names as references.</summary>
internal sealed record Project(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages);
