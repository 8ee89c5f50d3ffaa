namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>report</c>: what a worker tells its managers (PROTOCOL.md section 4, action 1).</summary>
public sealed record ReportSettings
{
    /// <summary>Time between two reports to every manager, 100 ms - 1 h. Key <c>interval</c>.</summary>
    public required TimeSpan Interval { get; init; }

    internal static ReportSettings Read(SettingsReader reader) => reader.Complete(new ReportSettings
    {
        Interval = reader.Time("interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
    });
}
