using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Client;

/// <summary>Views of fleets.</summary>
internal static class Views
{
    private const long GiB = 1L << 30;

    /// <summary>A fleet in which every state and every kind of server occurs, not in order.</summary>
    public static ViewReply Mixed { get; } = new(
        5,
        "manager-1",
        7,
        "manager-2",
        [
            new("worker-2", ServerState.Late, "10.0.0.12", 9292, 1, 4200, Report(9000, 10000, 91.5, [9090, 9091])),
            new("worker-1", ServerState.Up, "10.0.0.11", 9292, 1, 312, Report(1234, 10000, 23.4, [9090])),
            new("java-1", ServerState.Up, "10.0.0.21", 9292, 1, 28000, new ServerReport { CoreCount = 4, WorkerCount = 10, ReaderWriterCount = 2, ClientCount = 17, Port = 7074 }),
            new("worker-4", ServerState.Unreachable, "::1", 9292, 1, 61000, Report(0, 10000, 3, [])),
            new("worker-3", ServerState.Draining, "10.0.0.13", 9292, 3, 90, Report(10000, 10000, 50, [9090, 9091, 9092, 9093, 9094])),
        ]);

    /// <summary>Many servers that report everything.</summary>
    public static ViewReply Fleet(int count) => new(
        count,
        null,
        0,
        "manager-1",
        [.. Enumerable.Range(0, count).Select(i => new ServerView(
            string.Create(CultureInfo.InvariantCulture, $"node-{i:0000}"), ServerState.Up, "10.0.0.1", 9292, 1, 500, Report(i, 10000, 5, [9090])))]);

    private static ServerReport Report(int clients, int max, double cpu, int[] ports) => new()
    {
        CoreCount = 8,
        ReaderWriterCount = 2,
        WorkerCount = 8,
        ClientCount = clients,
        Port = ports.FirstOrDefault(),
        Version = "1",
        CpuUsage = cpu,
        ProcessCpuUsage = cpu / 2,
        MemoryTotal = 8 * GiB,
        MemoryUsed = (3 * GiB) + (GiB / 2),
        ProcessMemory = 300L << 20,
        MaxClientCount = max,
        AcceptorCount = 1,
        Ports = ports,
        QueueLength = 0,
    };
}
