namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>store</c>: what a worker keeps for its clients.</summary>
public sealed record StoreSettings
{
    private const int MinSegment = 1 << 20;
    private const int Most = 1 << 30;
    private const int MinMemory = 8 << 20;

    /// <summary>Bytes of each file of the log, 1 MiB - 1 GiB. Key <c>segmentSize</c>.</summary>
    public required int SegmentSize { get; init; }

    /// <summary>Bytes of memory for entries that were read or written lately, 8 MiB - 1 GiB. Key <c>memory</c>.</summary>
    public required int Memory { get; init; }

    /// <summary>Free bytes on the disk below which no write is taken, 0 - 1 GiB. Key <c>reserve</c>.</summary>
    public required int Reserve { get; init; }

    internal static StoreSettings Read(SettingsReader reader) => reader.Complete(new StoreSettings
    {
        SegmentSize = reader.Size("segmentSize", MinSegment, Most),
        Memory = reader.Size("memory", MinMemory, Most),
        Reserve = reader.Size("reserve", 0, Most),
    });
}
