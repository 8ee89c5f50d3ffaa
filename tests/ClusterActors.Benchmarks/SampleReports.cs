using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Benchmarks;

/// <summary>Reports as servers send them (PROTOCOL.md section 4).</summary>
internal static class SampleReports
{
    /// <summary>What an existing CshBBrain server sends, and the load generator: the first row of names alone.</summary>
    public static ReadOnlySpan<byte> FirstRow =>
        "action=1&coreCount=4&readerWriterCount=8&workerCount=32&clientCount=10000&clustersCount=5&localCount=4&port=9191"u8;

    /// <summary>Every parameter a server of this project sends, as one that has just been given a client sends them.</summary>
    /// <param name="number">Makes the node id and the port distinct.</param>
    /// <param name="clients">Client connections, which change from report to report.</param>
    public static ServerReport Full(int number, int clients) => new()
    {
        CoreCount = 8,
        ReaderWriterCount = 4,
        WorkerCount = 8,
        ClientCount = clients,
        ClustersCount = 3,
        Port = 1024 + number,
        Node = string.Create(CultureInfo.InvariantCulture, $"worker-{number:D5}.fleet-a.bench.example-9292"),
        Version = "1",
        Epoch = 0,
        Role = 1,
        CpuUsage = 12.34 + (clients % 50),
        ProcessCpuUsage = 10.5,
        MemoryTotal = 16_777_216_000,
        MemoryUsed = 7_340_032_000,
        ProcessMemory = 183_500_800,
        MaxClientCount = 10000,
        AcceptorCount = 5,
        Ports = [1024 + number, 11024 + number, 21024 + number, 31024 + number, 41024 + number],
        QueueLength = 0,
        Leases = ["0123456789abcdefghijkl"],
    };
}
