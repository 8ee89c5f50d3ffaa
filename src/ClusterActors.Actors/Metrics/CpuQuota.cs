namespace ClusterActors.Actors.Metrics;

/// <summary>The CPU limit of a cgroup and what it used.</summary>
/// <param name="Group">Which cgroup, to tell it from another one later.</param>
/// <param name="Cores">CPU time it may use per time that passes: 1.5 is one and a half cores.</param>
/// <param name="Used">CPU time its processes used; <see langword="null"/> where it cannot be read.</param>
internal readonly record struct CpuQuota(string Group, double Cores, TimeSpan? Used);
