namespace ClusterActors.Benchmarks.Fleets;

/// <summary>Signals of Linux that a scenario sends, by their numbers (signal(7)).</summary>
internal enum Signal
{
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
