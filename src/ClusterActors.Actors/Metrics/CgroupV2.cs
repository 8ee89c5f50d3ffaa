namespace ClusterActors.Actors.Metrics;

/// <summary>Limits of a unified hierarchy: cpu.max, cpu.stat, memory.max, memory.current (kernel, cgroup-v2.rst).</summary>
/// <param name="files">The file system.</param>
internal sealed class CgroupV2(SystemFiles files) : ICgroup
{
    private const string Mount = "/sys/fs/cgroup";
    private const string NoController = "";

    /// <summary>Whether the controllers of this machine are in the unified hierarchy.</summary>
    public static bool IsMounted(SystemFiles files) => files.HasFile(Mount + "/cgroup.controllers");

    public CpuQuota? ReadCpuQuota() => CgroupPath.Walk(files, Mount, NoController)
        .Select(Quota)
        .Where(quota => quota is not null)
        .MinBy(quota => quota!.Value.Cores);

    public MemoryFigures? ReadMemory() => CgroupPath.Walk(files, Mount, NoController)
        .Select(Memory)
        .Where(memory => memory is not null)
        .MinBy(memory => memory!.Value.Total);

    // cpu.max: "quota period" in microseconds, "max period" for none.
    private CpuQuota? Quota(string group) =>
        files.Lines(group + "/cpu.max") is [var line, ..]
        && SystemFiles.Fields(line) is [var quotaText, var periodText]
        && SystemFiles.Parse(quotaText) is > 0 and var quota
        && SystemFiles.Parse(periodText) is > 0 and var period
            ? new CpuQuota(group, (double)quota / period, Used(group))
            : null;

    private TimeSpan? Used(string group) =>
        files.Number(group + "/cpu.stat", "usage_usec") is { } microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;

    private MemoryFigures? Memory(string group)
    {
        if (files.Number(group + "/memory.max") is not (> 0 and var limit))
        {
            return null;
        }

        var used = files.Number(group + "/memory.current") - (files.Number(group + "/memory.stat", "inactive_file") ?? 0);
        return new MemoryFigures(limit, used >= 0 ? used : null);
    }
}
