namespace ClusterActors.Protocol.Data;

/// <summary>The answer to a request to handler <c>data</c> (PROTOCOL.md section 8), as a client reads it.</summary>
/// <param name="IsOk">Whether it was done.</param>
public sealed record DataReply(bool IsOk)
{
    /// <summary>Mark of the request.</summary>
    public string? Seq { get; init; }

    /// <summary>Why it was not done: one of <see cref="DataCode"/>, or a newer word.</summary>
    public string? Code { get; init; }

    /// <summary>The same in words.</summary>
    public string? Msg { get; init; }

    /// <summary>Version of the entry, or of the write; in a conflict the one that is there, if any is.</summary>
    public EntryVersion? Version { get; init; }

    /// <summary>Where a write is durable; <see langword="null"/> also when the word is a newer one.</summary>
    public AckLevel? Acks { get; init; }

    /// <summary>Value of the entry that was read.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>Keys that were listed.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether there are further keys behind the last one.</summary>
    public bool More { get; init; }
}
