namespace ClusterActors.Actors.Metrics;

/// <summary>
/// What a machine and this process use at one moment. In a container with a limit, the limit stands for the machine.
/// </summary>
public sealed record MachineSample
{
    /// <summary>
    /// CPU used on the machine since the sample before, in percent of all its cores, or, where a cgroup quota is set, used by
    /// that cgroup in percent of the quota; 0-100, two decimals. <see langword="null"/> where the platform cannot tell, and
    /// while there is nothing to compare with.
    /// </summary>
    public double? CpuUsage { get; init; }

    /// <summary>CPU used by this process, in percent of the same whole as <see cref="CpuUsage"/>.</summary>
    public double? ProcessCpuUsage { get; init; }

    /// <summary>Bytes of memory of the machine, or the cgroup's limit where that is lower; <see langword="null"/> where the platform cannot tell.</summary>
    public long? MemoryTotal { get; init; }

    /// <summary>
    /// Bytes used of <see cref="MemoryTotal"/>, without file cache that is given back under pressure; <see langword="null"/> where the platform cannot tell.
    /// </summary>
    public long? MemoryUsed { get; init; }

    /// <summary>Bytes of this process that are in memory.</summary>
    public long? ProcessMemory { get; init; }

    /// <summary>Cores this process may use; a quota of part of a core counts as a whole one.</summary>
    public required int CoreCount { get; init; }
}
