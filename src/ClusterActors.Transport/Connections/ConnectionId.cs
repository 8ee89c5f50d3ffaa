namespace ClusterActors.Transport.Connections;

/// <summary>Number of a TCP connection, unique within the process.</summary>
public readonly record struct ConnectionId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
