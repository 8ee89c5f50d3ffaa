namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>links</c>: connections between servers, on the cluster port.</summary>
public sealed record LinkSettings
{
    /// <summary>Pause before the first new dial after a link is lost, 10 ms - 1 h; it doubles from dial to dial. Key <c>redialMin</c>.</summary>
    public required TimeSpan RedialMin { get; init; }

    /// <summary>Longest pause between two dials, <see cref="RedialMin"/> - 1 h. Key <c>redialMax</c>.</summary>
    public required TimeSpan RedialMax { get; init; }

    /// <summary>A manager from which nothing is heard for this long is dialed again, 1 s - 1 h. Key <c>timeout</c>.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Links the cluster port accepts at most, 1-1,000,000. Key <c>maxCount</c>.</summary>
    public required int MaxCount { get; init; }

    internal static LinkSettings Read(SettingsReader reader)
    {
        var settings = reader.Complete(new LinkSettings
        {
            RedialMin = reader.Time("redialMin", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
            RedialMax = reader.Time("redialMax", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
            Timeout = reader.Time("timeout", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            MaxCount = reader.Integer("maxCount", 1, 1_000_000),
        });

        if (settings.RedialMin > settings.RedialMax)
        {
            reader.Refuse("redialMin", "it is above redialMax", $"at most redialMax, {SettingText.Of(settings.RedialMax)}", "redialMax");
        }

        return settings;
    }
}
