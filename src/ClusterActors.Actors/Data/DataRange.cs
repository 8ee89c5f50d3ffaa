namespace ClusterActors.Actors.Data;

/// <summary>Which keys to list.</summary>
/// <param name="prefix">What they begin with; empty for all.</param>
/// <param name="after">Only keys behind this one, in the order of bytes; empty for the first.</param>
/// <param name="limit">Most keys, 1-1,000.</param>
/// <param name="maxBytes">Ends the list with the key that reaches as many bytes in all.</param>
public readonly ref struct DataRange(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> after, int limit, int maxBytes)
{
    /// <summary>What they begin with; empty for all.</summary>
    public ReadOnlySpan<byte> Prefix { get; } = prefix;

    /// <summary>Only keys behind this one, in the order of bytes; empty for the first.</summary>
    public ReadOnlySpan<byte> After { get; } = after;

    /// <summary>Most keys, 1-1,000.</summary>
    public int Limit { get; } = limit;

    /// <summary>Ends the list with the key that reaches as many bytes in all.</summary>
    public int MaxBytes { get; } = maxBytes;
}
