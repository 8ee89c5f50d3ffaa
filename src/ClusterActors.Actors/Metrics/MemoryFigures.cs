namespace ClusterActors.Actors.Metrics;

/// <summary>Memory there is and memory used of it, in bytes; <see langword="null"/> where it cannot be told.</summary>
internal readonly record struct MemoryFigures(long? Total, long? Used);
