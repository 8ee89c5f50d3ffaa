namespace ClusterActors.Protocol.Messages;

/// <summary>
/// Action 72 (extension): the voter that gets this has lost what it knew and asks the others to be admitted again (PROTOCOL.md section 4.6).
/// </summary>
public sealed record ReadmitRequest : Message
{
    /// <summary>Parameter <c>by</c> (extension): who orders it, in words, for the logs.</summary>
    public string? By { get; init; }
}
