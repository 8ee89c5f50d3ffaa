namespace ClusterActors.Protocol.Data;

/// <summary>Bounds of business data (PROTOCOL.md section 8).</summary>
public static class DataLimits
{
    /// <summary>Most bytes of a key, in UTF-8; the fewest are 1.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>Most bytes of a value; it may be empty.</summary>
    public const int MaxValueBytes = 1024 * 1024;

    /// <summary>Longest life of an entry that expires, in seconds: ten years of 365 days. The shortest is 1 s.</summary>
    public const int MaxExpirySeconds = 10 * 365 * 24 * 60 * 60;

    /// <summary>Keys that a list returns when it is not said how many.</summary>
    public const int DefaultListed = 100;

    /// <summary>Most keys of one list.</summary>
    public const int MaxListed = 1000;

    /// <summary>Bytes of keys after which a list ends, even with fewer keys than it may return.</summary>
    public const int MaxListedBytes = 512 * 1024;
}
