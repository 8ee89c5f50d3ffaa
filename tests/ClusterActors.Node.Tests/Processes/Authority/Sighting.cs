namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>A manager acted as the holder of management authority, or said that it could.</summary>
/// <param name="Manager">Address of its cluster port.</param>
/// <param name="Epoch">At which epoch.</param>
/// <param name="Asked">When it was asked, in ticks of the stopwatch.</param>
/// <param name="Answered">When its answer was there.</param>
/// <param name="What">What it did.</param>
public sealed record Sighting(string Manager, long Epoch, long Asked, long Answered, string What);
