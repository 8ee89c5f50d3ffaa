namespace ClusterActors.Client;

/// <summary>The connection to a worker has ended, by a close of the worker or by a failure.</summary>
/// <param name="worker">Its business port.</param>
/// <param name="reason">What happened, in words that follow its address.</param>
public sealed class ConnectionLostException(ServerAddress worker, string reason)
    : FleetException($"The worker at {worker} {reason}.")
{
    /// <summary>The worker's business port.</summary>
    public ServerAddress Worker { get; } = worker;
}
