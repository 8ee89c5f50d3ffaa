namespace ClusterActors.Actors.Metrics;

/// <summary>Chooses how this machine is measured.</summary>
public static class MachineSampler
{
    /// <summary>A sampler for this platform. CPU counters are read once now, so that the first sample has figures.</summary>
    /// <param name="time">The clock.</param>
    public static IMachineSampler Create(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return OperatingSystem.IsLinux()
            ? new LinuxMachineSampler(time, "/", ProcessProbe.Current)
            : new PortableMachineSampler(time, ProcessProbe.Current, () => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }
}
