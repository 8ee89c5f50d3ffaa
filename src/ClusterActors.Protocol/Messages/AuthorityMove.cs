namespace ClusterActors.Protocol.Messages;

/// <summary>
/// Action 6, management authority moves (PROTOCOL.md section 4.6): an operator names the server that is to take over
/// (<see cref="Node"/>), or a manager tells who holds it now (<see cref="Ip"/>, <see cref="Port"/>, <see cref="Epoch"/>). One of the two, never both.
/// </summary>
public sealed record AuthorityMove : Message
{
    /// <summary>Parameter <c>node</c>: the node id of the server that is to take over; 1-128 bytes.</summary>
    public string? Node { get; init; }

    /// <summary>Parameter <c>ip</c>: the host of the holder's cluster port.</summary>
    public string? Ip { get; init; }

    /// <summary>Parameter <c>port</c>: the holder's cluster port, 1-65535.</summary>
    public int? Port { get; init; }

    /// <summary>Parameter <c>epoch</c>: the epoch at which it holds authority.</summary>
    public long? Epoch { get; init; }

    /// <summary>Parameter <c>by</c> (extension): who orders it, in words, for the logs of every server on the way.</summary>
    public string? By { get; init; }
}
