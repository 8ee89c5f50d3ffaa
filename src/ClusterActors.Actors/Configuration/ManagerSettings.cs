namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>manager</c>: what a manager keeps about its servers.</summary>
public sealed record ManagerSettings
{
    /// <summary>A server that is unreachable for this long is gone, 1 s - 1 d. Key <c>forgetAfter</c>.</summary>
    public required TimeSpan ForgetAfter { get; init; }

    /// <summary>A server that is gone stays listed for this long, 0 s - 7 d. Key <c>keepGone</c>.</summary>
    public required TimeSpan KeepGone { get; init; }

    /// <summary>Servers the registry holds at most, 1-1,000,000. Key <c>maxServers</c>.</summary>
    public required int MaxServers { get; init; }

    /// <summary>How long a worker may take to answer a command, 100 ms - 1 min. Key <c>commandTimeout</c>.</summary>
    public required TimeSpan CommandTimeout { get; init; }

    internal static ManagerSettings Read(SettingsReader reader) => reader.Complete(new ManagerSettings
    {
        ForgetAfter = reader.Time("forgetAfter", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        KeepGone = reader.Time("keepGone", TimeSpan.Zero, TimeSpan.FromDays(7)),
        MaxServers = reader.Integer("maxServers", 1, 1_000_000),
        CommandTimeout = reader.Time("commandTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
    });
}
