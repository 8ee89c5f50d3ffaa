namespace ClusterActors.Protocol.Messages;

/// <summary>The parameters of a report in the order they are written (PROTOCOL.md section 4); absent ones are left out.</summary>
internal static class ReportFields
{
    /// <summary>The names every server knows, in the order existing CshBBrain servers write them.</summary>
    public static void WriteFirstRow<TSink>(ServerReport report, ref TSink sink)
        where TSink : IReportSink, allows ref struct
    {
        sink.Number("coreCount"u8, report.CoreCount);
        sink.Number("readerWriterCount"u8, report.ReaderWriterCount);
        sink.Number("workerCount"u8, report.WorkerCount);
        sink.Number("clientCount"u8, report.ClientCount);
        sink.Number("clustersCount"u8, report.ClustersCount);
        sink.Number("port"u8, report.Port);
        sink.Number("localCount"u8, report.LocalCount);
    }

    /// <summary>Who reports. Left out where the surroundings name the server already.</summary>
    public static void WriteIdentity<TSink>(ServerReport report, ref TSink sink)
        where TSink : IReportSink, allows ref struct
    {
        if (report.Node is { } node)
            sink.Text("node"u8, node);
        Number(ref sink, "role"u8, report.Role);
    }

    /// <summary>The names that existing CshBBrain servers do not know.</summary>
    public static void WriteRest<TSink>(ServerReport report, ref TSink sink)
        where TSink : IReportSink, allows ref struct
    {
        if (report.Version is { } version)
            sink.Text("version"u8, version);
        Number(ref sink, "epoch"u8, report.Epoch);
        Percent(ref sink, "cpuUsage"u8, report.CpuUsage);
        Percent(ref sink, "processCpuUsage"u8, report.ProcessCpuUsage);
        Number(ref sink, "memoryTotal"u8, report.MemoryTotal);
        Number(ref sink, "memoryUsed"u8, report.MemoryUsed);
        Number(ref sink, "processMemory"u8, report.ProcessMemory);
        Number(ref sink, "maxClientCount"u8, report.MaxClientCount);
        Number(ref sink, "acceptorCount"u8, report.AcceptorCount);
        if (report.Ports.Count > 0)
            sink.Numbers("ports"u8, report.Ports);
        Number(ref sink, "queueLength"u8, report.QueueLength);
        sink.Number("draining"u8, report.Draining ? 1 : 0);
        if (report.Leases.Count > 0)
            sink.Texts("leases"u8, report.Leases);
    }

    private static void Number<TSink>(ref TSink sink, ReadOnlySpan<byte> name, long? value)
        where TSink : IReportSink, allows ref struct
    {
        if (value is { } number)
            sink.Number(name, number);
    }

    private static void Percent<TSink>(ref TSink sink, ReadOnlySpan<byte> name, double? value)
        where TSink : IReportSink, allows ref struct
    {
        // Two clocks are read for a percentage, so a busy machine can measure a little over 100.
        if (value is { } percent && !double.IsNaN(percent))
            sink.Percent(name, Math.Clamp(percent, 0, 100));
    }
}
