namespace ClusterActors.Store.Log;

/// <summary>How large the parts of a record may be.</summary>
public static class RecordLimits
{
    /// <summary>Most bytes of a key; the fewest are 1.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>Most bytes of a value; the fewest are 0.</summary>
    public const int MaxValueBytes = 1024 * 1024;

    /// <summary>Bytes in front of the key.</summary>
    public const int HeaderBytes = 44;

    /// <summary>Most bytes of a record.</summary>
    public const int MaxRecordBytes = HeaderBytes + MaxKeyBytes + MaxValueBytes;
}
