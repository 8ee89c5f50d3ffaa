namespace ClusterActors.Actors.Configuration;

/// <summary>A setting that differs from its default.</summary>
/// <param name="Key">Key below <c>clusterActors</c>, such as <c>worker.threads</c>.</param>
/// <param name="Value">The value in effect, as written.</param>
/// <param name="Default">The default, as written in reference.hocon.</param>
/// <param name="Source">Where the value was written.</param>
public sealed record ChangedSetting(string Key, string Value, string Default, string Source);
