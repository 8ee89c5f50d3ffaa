namespace ClusterActors.Transport.Connections;

/// <summary>Bounds of one connection's output and of its closing. Section <c>connection</c> of the configuration.</summary>
public sealed record ConnectionSettings
{
    /// <summary>Waiting output, in bytes, from which on the peer is not read until half of it has gone out.</summary>
    public int OutputHighWater { get; init; } = 256 * 1024;

    /// <summary>Waiting output, in bytes, above which nothing more may be written: the connection is closed as a slow consumer then.</summary>
    public int OutputLimit { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long output may wait without one byte leaving before the connection is closed as a slow consumer.</summary>
    public TimeSpan SlowConsumerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a closing connection may take to send its last output and to see the far end close.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
