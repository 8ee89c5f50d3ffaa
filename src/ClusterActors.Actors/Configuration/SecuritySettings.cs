namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>security</c>.</summary>
public sealed record SecuritySettings
{
    /// <summary>
    /// Whether the cluster port may be reached from other machines although nobody has to prove who he is. Key <c>insecure</c>, on or off.
    /// </summary>
    public required bool Insecure { get; init; }

    internal static SecuritySettings Read(SettingsReader reader) => reader.Complete(new SecuritySettings
    {
        Insecure = reader.OnOff("insecure"),
    });
}
