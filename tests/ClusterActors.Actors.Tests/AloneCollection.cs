namespace ClusterActors.Actors.Tests;

/// <summary>Specs that look at the whole process, and so run when no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
