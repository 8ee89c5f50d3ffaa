namespace ClusterActors.Protocol.Messages;

/// <summary>A text message of a link, one record per action (PROTOCOL.md sections 3 and 4).</summary>
public abstract record Message
{
    /// <summary>Longest <see cref="Seq"/> in characters.</summary>
    public const int MaxSeqLength = 32;

    /// <summary>Parameter <c>seq</c>: a request's own mark, carried by its reply; at most 32 characters.</summary>
    public string? Seq { get; init; }
}
