namespace ClusterActors.Benchmarks.Authority;

/// <summary>An allocation that succeeded.</summary>
/// <param name="Asked">When it was asked for, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.</param>
/// <param name="Answered">When its answer was there, likewise.</param>
/// <param name="Epoch">Epoch of the holder that answered.</param>
internal readonly record struct Allocated(long Asked, long Answered, long Epoch);
