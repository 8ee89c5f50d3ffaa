namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>allocation</c>: how a manager gives servers to clients (PROTOCOL.md section 4, action 0).</summary>
public sealed record AllocationSettings
{
    /// <summary>Time a client has to come to its server before its place is free again, 1 s - 10 min. Key <c>leaseTime</c>.</summary>
    public required TimeSpan LeaseTime { get; init; }

    internal static AllocationSettings Read(SettingsReader reader) => reader.Complete(new AllocationSettings
    {
        LeaseTime = reader.Time("leaseTime", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
    });
}
