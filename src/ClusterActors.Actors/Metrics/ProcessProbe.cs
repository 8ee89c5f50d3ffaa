namespace ClusterActors.Actors.Metrics;

/// <summary>What the runtime tells about this process.</summary>
/// <param name="CpuTime">CPU time used since the process started, on all cores together.</param>
/// <param name="WorkingSet">Bytes in memory.</param>
/// <param name="CoreCount">Cores the process may use.</param>
internal sealed record ProcessProbe(Func<TimeSpan> CpuTime, Func<long> WorkingSet, int CoreCount)
{
    /// <summary>The process this runs in.</summary>
    public static ProcessProbe Current { get; } =
        new(() => Environment.CpuUsage.TotalTime, () => Environment.WorkingSet, Environment.ProcessorCount);
}
