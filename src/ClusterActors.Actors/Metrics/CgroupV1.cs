namespace ClusterActors.Actors.Metrics;

/// <summary>Limits of the hierarchies of version 1, one per controller (kernel, cgroup-v1/).</summary>
/// <param name="files">The file system.</param>
internal sealed class CgroupV1(SystemFiles files) : ICgroup
{
    private const string Base = "/sys/fs/cgroup/";

    // No limit reads as the largest number of whole pages.
    private const long NoLimit = 1L << 62;

    public CpuQuota? ReadCpuQuota() => CgroupPath.Walk(files, MountOf("cpu"), "cpu")
        .Select(Quota)
        .Where(quota => quota is not null)
        .MinBy(quota => quota!.Value.Cores);

    public MemoryFigures? ReadMemory() => CgroupPath.Walk(files, MountOf("memory"), "memory")
        .Select(Memory)
        .Where(memory => memory is not null)
        .MinBy(memory => memory!.Value.Total);

    // cpu and cpuacct are mounted each alone or both together, in either order.
    private string MountOf(string controller) => Base + (controller switch
    {
        "cpu" or "cpuacct" when files.HasDirectory(Base + "cpu,cpuacct") => "cpu,cpuacct",
        "cpu" or "cpuacct" when files.HasDirectory(Base + "cpuacct,cpu") => "cpuacct,cpu",
        _ => controller,
    });

    // -1 for no quota.
    private CpuQuota? Quota(string group) =>
        files.Number(group + "/cpu.cfs_quota_us") is > 0 and var quota && files.Number(group + "/cpu.cfs_period_us") is > 0 and var period
            ? new CpuQuota(group, (double)quota / period, Used(group))
            : null;

    private TimeSpan? Used(string group) =>
        files.Number(MountOf("cpuacct") + group[MountOf("cpu").Length..] + "/cpuacct.usage") is { } nanoseconds
            ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : null;

    private MemoryFigures? Memory(string group)
    {
        if (files.Number(group + "/memory.limit_in_bytes") is not (> 0 and < NoLimit and var limit))
        {
            return null;
        }

        var used = files.Number(group + "/memory.usage_in_bytes") - (files.Number(group + "/memory.stat", "total_inactive_file") ?? 0);
        return new MemoryFigures(limit, used >= 0 ? used : null);
    }
}
