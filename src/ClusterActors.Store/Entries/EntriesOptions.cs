namespace ClusterActors.Store.Entries;

/// <summary>
/// How much memory the entries may take: the block cache, plus up to <see cref="WriteBuffers"/> write buffers, plus a few MB.
/// </summary>
public sealed record EntriesOptions
{
    /// <summary>Bytes of blocks that are kept after they were read, indexes and filters included.</summary>
    public long BlockCacheBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes that are gathered in memory before they are written as a file.</summary>
    public long WriteBufferBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Write buffers there may be: one that is filled, the others being written. When all are full, applying waits.</summary>
    public int WriteBuffers { get; init; } = 3;

    /// <summary>Files that are held open at most; others are opened when they are needed.</summary>
    public int MaxOpenFiles { get; init; } = 256;

    /// <summary>Whether every byte is verified when the entries are opened; without it, damage is found when it is read.</summary>
    public bool VerifyAtOpen { get; init; } = true;
}
