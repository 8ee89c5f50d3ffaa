using System.Collections.Immutable;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>What commands have changed against the configuration; <see langword="null"/> is as configured.</summary>
/// <param name="Threads">Worker threads.</param>
/// <param name="ReaderWriters">Reader-writers.</param>
/// <param name="Ports">Business ports in their order; 0 stays any free port.</param>
internal sealed record WorkerChanges(int? Threads = null, int? ReaderWriters = null, ImmutableArray<int>? Ports = null)
{
    /// <summary>Nothing is changed.</summary>
    public static WorkerChanges None { get; } = new();

    /// <summary>These changes and newer ones over them.</summary>
    public WorkerChanges With(WorkerChanges newer) => new(
        newer.Threads ?? Threads, newer.ReaderWriters ?? ReaderWriters, newer.Ports ?? Ports);
}
