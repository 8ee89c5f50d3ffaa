using System.Globalization;

namespace ClusterActors.Actors.Metrics;

/// <summary>Linux: /proc, and the cgroups this process is in.</summary>
internal sealed class LinuxMachineSampler : IMachineSampler
{
    private const string MachineScope = "machine";
    private const string UnknownScope = "";

    private readonly SystemFiles _files;
    private readonly ICgroup _cgroup;
    private readonly ProcessProbe _process;
    private readonly CpuMeter _cpu;

    /// <summary>Takes the first reading of the CPU counters.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="root">Where the file system begins: <c>/</c>.</param>
    /// <param name="process">This process.</param>
    public LinuxMachineSampler(TimeProvider time, string root, ProcessProbe process)
    {
        _files = new SystemFiles(root);
        _cgroup = CgroupV2.IsMounted(_files) ? new CgroupV2(_files) : new CgroupV1(_files);
        _process = process;
        _cpu = new CpuMeter(time, ReadCpu);
    }

    public string Limits
    {
        get
        {
            var cpu = _cgroup.ReadCpuQuota() is { } quota
                ? string.Create(CultureInfo.InvariantCulture, $"CPU is in percent of the cgroup's quota of {quota.Cores:0.##} cores")
                : "CPU is in percent of the whole machine";
            return IsMemoryLimited(out _) ? $"{cpu}, memory is that of the cgroup's limit." : $"{cpu}, memory is that of the machine.";
        }
    }

    public string? Missing
    {
        get
        {
            var cpu = ReadCpu().Busy is not null;
            var memory = ReadMemory() is { Total: not null, Used: not null };
            return (cpu, memory) switch
            {
                (true, true) => null,
                (true, false) => "/proc and /sys do not tell how much memory is used.",
                (false, true) => "/proc and /sys do not tell how much CPU is used.",
                _ => "/proc and /sys tell neither how much CPU nor how much memory is used.",
            };
        }
    }

    public MachineSample Sample()
    {
        var (cpu, process) = _cpu.Usage();
        var memory = ReadMemory();
        return new MachineSample
        {
            CpuUsage = cpu,
            ProcessCpuUsage = process,
            MemoryTotal = memory.Total,
            MemoryUsed = memory.Used,
            ProcessMemory = _process.WorkingSet(),
            CoreCount = _process.CoreCount,
        };
    }

    private CpuCounters ReadCpu()
    {
        var used = _process.CpuTime();
        var machine = ProcStat.Read(_files);
        if (_cgroup.ReadCpuQuota() is { } quota && !(quota.Cores >= machine?.Cores))
        {
            return new CpuCounters(quota.Group, quota.Used, Capacity: null, used, quota.Cores);
        }

        return machine is { } stat
            ? new CpuCounters(MachineScope, stat.Busy, stat.Total, used, stat.Cores)
            : new CpuCounters(UnknownScope, Busy: null, Capacity: null, used, _process.CoreCount);
    }

    private MemoryFigures ReadMemory() => IsMemoryLimited(out var limited) ? limited : MemInfo.Read(_files);

    // "No limit" is a number near 2^63 in version 1, and any limit above the machine's memory limits nothing.
    private bool IsMemoryLimited(out MemoryFigures limited)
    {
        limited = _cgroup.ReadMemory() ?? default;
        return limited.Total is { } limit && !(limit >= MemInfo.Read(_files).Total);
    }
}
