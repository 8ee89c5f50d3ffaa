namespace ClusterActors.Actors.Backup;

/// <summary>What the owner of a worker's business data is made of.</summary>
internal sealed record OriginPlan
{
    /// <summary>Where everything is kept; nobody else uses it.</summary>
    public required string Directory { get; init; }

    /// <summary>Bytes of each segment of the log.</summary>
    public required long SegmentBytes { get; init; }

    /// <summary>Bytes of memory for entries.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Free bytes on the disk below which no write is taken.</summary>
    public required long ReserveBytes { get; init; }

    /// <summary>Where business code reads.</summary>
    public required OriginStore Store { get; init; }

    /// <summary>Hears when the store cannot be opened.</summary>
    public required Startup Startup { get; init; }

    /// <summary>Tells how many bytes are free on the disk of a directory.</summary>
    public required Func<string, long> FreeBytes { get; init; }

    /// <summary>Clock of expiry.</summary>
    public required TimeProvider Time { get; init; }
}
