namespace ClusterActors.Transport.Listening;

/// <summary>How listening sockets and the connections they accept are set up.</summary>
public sealed record ListenSettings
{
    /// <summary>Connections the system keeps for the accept loop.</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>Accepted connections that may wait for a reader-writer to take them; with more than these the accept loop waits.</summary>
    public int AdmittedAtOnce { get; init; } = 1024;

    /// <summary>Silence after which the system probes whether the far end still exists (TCP keep-alive).</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);
}
