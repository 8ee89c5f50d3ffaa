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

    /// <summary>The same from a manager that tells of management authority; every kind of voter occurs.</summary>
    public static ViewReply WithVoters { get; } = Mixed with
    {
        Holder = "10.0.0.1:9292",
        SinceMs = 754_000,
        Voters =
        [
            new("10.0.0.1:9292") { Node = "manager-1", Linked = true, Seen = 200, Promised = 7, Admitted = true, Silent = 0, Lease = 2400, Holder = "10.0.0.1:9292", Epoch = 7 },
            new("10.0.0.2:9292") { Node = "manager-2", Linked = true, Seen = 900, Promised = 7, Admitted = true, Silent = 3000, Lease = 0, Epoch = 7 },
            new("10.0.0.3:9292") { Node = "witness", Linked = true, Seen = 100, Admitted = false, Silent = 0, Lease = 0, Epoch = 0 },
            new("[::1]:9292") { Node = "worker-4", Seen = 61_000, Promised = 6, Admitted = true, Lease = 100, Holder = "10.0.0.9:9292", Epoch = 6 },
            new("10.0.0.5:9292"),
        ],
    };

    /// <summary>A view as a reply on the wire.</summary>
    public static string Wire(ViewReply view) =>
        "action=1000&" + string.Join('&', view.ToReply().Values.Select(value => $"{value.Name}={value.Value}"));

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
