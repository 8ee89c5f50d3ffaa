namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>compat</c>: life with existing CshBBrain servers and their clients (PROTOCOL.md section 5).</summary>
public sealed record CompatSettings
{
    /// <summary>How an allocation is answered. Key <c>allocationReply</c>.</summary>
    public required AllocationReply AllocationReply { get; init; }

    /// <summary>Clients that a CshBBrain server, which does not report it, is taken to serve at most, 1-1,000,000. Key <c>maxClientCount</c>.</summary>
    public required int MaxClientCount { get; init; }

    /// <summary>A CshBBrain server without a report for this long is late, 1 s - 1 h. Key <c>lateAfter</c>.</summary>
    public required TimeSpan LateAfter { get; init; }

    internal static CompatSettings Read(SettingsReader reader) => reader.Complete(new CompatSettings
    {
        AllocationReply = reader.Choice(
            "allocationReply", ("parameters", AllocationReply.Parameters), ("cshbbrain", AllocationReply.CshBBrain)),
        MaxClientCount = reader.Integer("maxClientCount", 1, 1_000_000),
        LateAfter = reader.Time("lateAfter", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
    });
}
