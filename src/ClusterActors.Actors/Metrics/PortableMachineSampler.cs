namespace ClusterActors.Actors.Metrics;

/// <summary>Windows, macOS and any other platform: what the runtime tells.</summary>
internal sealed class PortableMachineSampler : IMachineSampler
{
    private const string Scope = "process";

    private readonly ProcessProbe _process;
    private readonly Func<long> _memoryTotal;
    private readonly CpuMeter _cpu;

    /// <summary>Takes the first reading of the CPU counter.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="process">This process.</param>
    /// <param name="memoryTotal">Bytes of memory of the machine, or the limit of a container or job.</param>
    public PortableMachineSampler(TimeProvider time, ProcessProbe process, Func<long> memoryTotal)
    {
        _process = process;
        _memoryTotal = memoryTotal;
        _cpu = new CpuMeter(time, () => new CpuCounters(Scope, Busy: null, Capacity: null, process.CpuTime(), process.CoreCount));
    }

    public string Limits => "CPU is in percent of the cores this process may use, memory is what the runtime finds there is.";

    public string? Missing => "The CPU of the machine and its used memory are not measured on this platform; those of this process are.";

    public MachineSample Sample() => new()
    {
        ProcessCpuUsage = _cpu.Usage().Process,
        MemoryTotal = _memoryTotal() is > 0 and var total ? total : null,
        ProcessMemory = _process.WorkingSet(),
        CoreCount = _process.CoreCount,
    };
}
