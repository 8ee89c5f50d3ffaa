namespace ClusterActors.Actors.Metrics;

/// <summary>The limits the cgroups of this process set, the tightest of its own and of all above it.</summary>
internal interface ICgroup
{
    /// <summary>The CPU limit, <see langword="null"/> when there is none.</summary>
    CpuQuota? ReadCpuQuota();

    /// <summary>The memory limit and what is used of it, <see langword="null"/> when there is none.</summary>
    MemoryFigures? ReadMemory();
}
