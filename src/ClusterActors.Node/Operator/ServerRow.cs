using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>One server of a view in words and numbers for a table.</summary>
internal sealed record ServerRow
{
    private const int ShownPorts = 2;

    /// <summary>Node id.</summary>
    public required string Node { get; init; }

    /// <summary>State in the manager's registry, for its colour.</summary>
    public required ServerState State { get; init; }

    /// <summary>Address and business ports.</summary>
    public required string Address { get; init; }

    /// <summary>Clients and how many there may be.</summary>
    public required string Clients { get; init; }

    /// <summary>The same as a bar, empty when the limit is not known.</summary>
    public required string Bar { get; init; }

    /// <summary>CPU of machine and process.</summary>
    public required string Cpu { get; init; }

    /// <summary>Memory used of all there is.</summary>
    public required string Memory { get; init; }

    /// <summary>Memory of the process.</summary>
    public required string ProcessMemory { get; init; }

    /// <summary>Worker threads, reader-writer loops and accept loops.</summary>
    public required string Threads { get; init; }

    /// <summary>Business messages that wait for a worker thread.</summary>
    public required string Queue { get; init; }

    /// <summary>Age of the last report.</summary>
    public required string Age { get; init; }

    /// <summary>The servers of a view by name.</summary>
    /// <param name="view">What a manager answered.</param>
    /// <param name="unicode">Whether the terminal shows block characters.</param>
    public static IReadOnlyList<ServerRow> Of(ViewReply view, bool unicode) =>
        [.. view.Nodes.OrderBy(server => server.Node, StringComparer.Ordinal).Select(server => Of(server, unicode))];

    private static ServerRow Of(ServerView server, bool unicode)
    {
        var report = server.Report;
        return new ServerRow
        {
            Node = server.Node,
            State = server.State,
            Address = AddressOf(server),
            Clients = $"{HumanUnits.Count(report.ClientCount)}/{HumanUnits.Count(report.MaxClientCount)}",
            Bar = Operator.Bar.Of(report.ClientCount, report.MaxClientCount, unicode),
            Cpu = HumanUnits.Percents(report.CpuUsage, report.ProcessCpuUsage),
            Memory = HumanUnits.BytesOf(report.MemoryUsed, report.MemoryTotal),
            ProcessMemory = HumanUnits.Bytes(report.ProcessMemory),
            Threads = $"{report.WorkerCount}/{report.ReaderWriterCount}/{HumanUnits.Count(report.AcceptorCount)}",
            Queue = HumanUnits.Count(report.QueueLength),
            Age = HumanUnits.Duration(TimeSpan.FromMilliseconds(server.LastReport)),
        };
    }

    private static string AddressOf(ServerView server)
    {
        IReadOnlyList<int> ports = server.Report switch
        {
            { Ports.Count: > 0 } report => report.Ports,
            { Port: > 0 } report => [report.Port],
            _ => [],
        };
        var host = server.Ip.Contains(':', StringComparison.Ordinal) ? $"[{server.Ip}]" : server.Ip;
        var shown = string.Join(',', ports.Take(ShownPorts).Select(port => port.ToString(CultureInfo.InvariantCulture)));
        return $"{host}:{(ports.Count == 0 ? HumanUnits.Unknown : shown)}{(ports.Count > ShownPorts ? $",+{ports.Count - ShownPorts}" : "")}";
    }
}
