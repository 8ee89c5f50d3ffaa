namespace ClusterActors.Client;

/// <summary>A worker that was allocated cannot be connected to.</summary>
/// <param name="worker">Its business port.</param>
/// <param name="reason">What it did, in words that follow its address.</param>
public sealed class WorkerUnreachableException(ServerAddress worker, string reason)
    : FleetException($"The worker at {worker} {reason}.")
{
    /// <summary>Its business port.</summary>
    public ServerAddress Worker { get; } = worker;
}
