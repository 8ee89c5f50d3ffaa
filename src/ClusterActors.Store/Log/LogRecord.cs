namespace ClusterActors.Store.Log;

/// <summary>A record, over the bytes it was read from.</summary>
public readonly ref struct LogRecord
{
    /// <summary>Its term and sequence.</summary>
    public required LogPoint Point { get; init; }

    /// <summary>What it does.</summary>
    public required RecordOperation Operation { get; init; }

    /// <summary>When the entry ends, in milliseconds since 1970 (UTC); 0 when it does not.</summary>
    public required long Expiry { get; init; }

    /// <summary>The key; empty in a term record.</summary>
    public required ReadOnlySpan<byte> Key { get; init; }

    /// <summary>The value; empty but in a put.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Bytes of the whole record.</summary>
    public int Length => RecordLimits.HeaderBytes + Key.Length + Value.Length;
}
