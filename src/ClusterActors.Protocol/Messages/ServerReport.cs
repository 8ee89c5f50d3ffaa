namespace ClusterActors.Protocol.Messages;

/// <summary>
/// What a worker tells every manager about itself once per report interval: action 1 (PROTOCOL.md section 4).
/// </summary>
/// <remarks>
/// The names of the first row of the table in section 4 come from every server; the others are absent
/// (<see langword="null"/>) in a report of an existing CshBBrain server (section 5).
/// </remarks>
public sealed record ServerReport
{
    /// <summary>Processor cores the server may use. Parameter <c>coreCount</c>.</summary>
    public int CoreCount { get; init; }

    /// <summary>Reader-writer loops now running. Parameter <c>readerWriterCount</c>.</summary>
    public int ReaderWriterCount { get; init; }

    /// <summary>Business worker threads now running. Parameter <c>workerCount</c>.</summary>
    public int WorkerCount { get; init; }

    /// <summary>Client connections now open on the business ports. Parameter <c>clientCount</c>.</summary>
    public int ClientCount { get; init; }

    /// <summary>Links to other servers now open. Parameter <c>clustersCount</c>.</summary>
    public int ClustersCount { get; init; }

    /// <summary>Requests served for this server itself; always 0 from Java servers. Parameter <c>localCount</c>.</summary>
    public int LocalCount { get; init; }

    /// <summary>First business port, 0 when none is open. Parameter <c>port</c>.</summary>
    public int Port { get; init; }

    /// <summary>Node id, stable across restarts. Parameter <c>node</c>.</summary>
    public string? Node { get; init; }

    /// <summary>Protocol version the server speaks. Parameter <c>version</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Newest epoch of management authority the server has seen. Parameter <c>epoch</c>.</summary>
    public long? Epoch { get; init; }

    /// <summary>1 worker, 2 manager, 3 both. Parameter <c>role</c>.</summary>
    public int? Role { get; init; }

    /// <summary>CPU of the whole machine, percent, 0-100. Parameter <c>cpuUsage</c>.</summary>
    public double? CpuUsage { get; init; }

    /// <summary>CPU of this process in percent of the whole machine, 0-100. Parameter <c>processCpuUsage</c>.</summary>
    public double? ProcessCpuUsage { get; init; }

    /// <summary>Memory of the machine, or the container's limit, in bytes. Parameter <c>memoryTotal</c>.</summary>
    public long? MemoryTotal { get; init; }

    /// <summary>Memory in use of <see cref="MemoryTotal"/>, in bytes. Parameter <c>memoryUsed</c>.</summary>
    public long? MemoryUsed { get; init; }

    /// <summary>Resident memory of the process, in bytes. Parameter <c>processMemory</c>.</summary>
    public long? ProcessMemory { get; init; }

    /// <summary>Client connections the worker accepts at most. Parameter <c>maxClientCount</c>.</summary>
    public int? MaxClientCount { get; init; }

    /// <summary>Accept loops now running. Parameter <c>acceptorCount</c>.</summary>
    public int? AcceptorCount { get; init; }

    /// <summary>Open business ports. Parameter <c>ports</c>, comma-separated.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>Business messages that wait for a worker thread. Parameter <c>queueLength</c>.</summary>
    public int? QueueLength { get; init; }

    /// <summary>Whether the worker is being drained. Parameter <c>draining</c>, 0 or 1.</summary>
    public bool Draining { get; init; }

    /// <summary>Lease tokens that clients presented since the last report. Parameter <c>leases</c>, comma-separated.</summary>
    public IReadOnlyList<string> Leases { get; init; } = [];
}
