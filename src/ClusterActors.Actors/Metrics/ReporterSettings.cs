namespace ClusterActors.Actors.Metrics;

/// <summary>What a reporter is configured with.</summary>
/// <param name="Node">Node id of this server.</param>
/// <param name="Role">1 worker, 3 both.</param>
/// <param name="Interval">Time between reports. <c>report.interval</c>.</param>
public sealed record ReporterSettings(string Node, int Role, TimeSpan Interval);
