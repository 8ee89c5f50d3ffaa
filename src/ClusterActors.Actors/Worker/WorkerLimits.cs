namespace ClusterActors.Actors.Worker;

/// <summary>How far commands may go.</summary>
/// <param name="MaxThreads">Worker threads at most: <c>worker.maxThreads</c>.</param>
/// <param name="MaxReaderWriters">Reader-writers at most: <c>worker.maxReaderWriters</c>.</param>
/// <param name="MaxPorts">Business ports at most: <c>worker.maxPorts</c>.</param>
internal sealed record WorkerLimits(int MaxThreads, int MaxReaderWriters, int MaxPorts);
