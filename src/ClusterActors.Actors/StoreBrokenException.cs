namespace ClusterActors.Actors;

/// <summary>A node cannot start, or goes no further, because it cannot promise what it acknowledged: files of its store are damaged, or a disk failed.</summary>
/// <param name="message">What and why, in words.</param>
public sealed class StoreBrokenException(string message) : Exception(message);
