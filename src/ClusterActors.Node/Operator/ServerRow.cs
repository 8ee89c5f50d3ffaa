using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>One server of a view in words and numbers for a table.</summary>
internal sealed record ServerRow
{
    private const int PartsPerLine = 2;

    /// <summary>Node id.</summary>
    public required string Node { get; init; }

    /// <summary>State in the manager's registry, for its colour.</summary>
    public required ServerState State { get; init; }

    /// <summary>The same in words, with a mark where the Akka.Cluster says something else: <c>up (unheard)</c>.</summary>
    public required string StateText { get; init; }

    /// <summary>Address and all business ports, on more lines than one where they are many.</summary>
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
            StateText = server.State.ToString().ToLowerInvariant() + MarkOf(server),
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

    private static string MarkOf(ServerView server) => (server.State, server.Member) switch
    {
        (not (ServerState.Unreachable or ServerState.Gone), MemberState.Unreachable) => " (unheard)",
        (not ServerState.Gone, MemberState.Leaving) => " (leaving)",
        _ => "",
    };

    private static string AddressOf(ServerView server)
    {
        IReadOnlyList<int> ports = server.Report switch
        {
            { Ports.Count: > 0 } report => report.Ports,
            { Port: > 0 } report => [report.Port],
            _ => [],
        };
        var ip = PlainText.Of(server.Ip);
        var host = ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]:" : $"{ip}:";
        return host + (ports.Count == 0 ? HumanUnits.Unknown : string.Join($",\n{new string(' ', host.Length)}", Ranges(ports).Chunk(PartsPerLine).Select(parts => string.Join(',', parts))));
    }

    /// <summary>Ports in their order; three and more in a row as <c>9090-9094</c>.</summary>
    private static IEnumerable<string> Ranges(IReadOnlyList<int> ports)
    {
        for (var first = 0; first < ports.Count;)
        {
            var last = first;
            while (last + 1 < ports.Count && ports[last + 1] == ports[last] + 1)
                last++;
            if (last - first < 2)
                last = first;
            var text = ports[first].ToString(CultureInfo.InvariantCulture);
            yield return last == first ? text : string.Create(CultureInfo.InvariantCulture, $"{text}-{ports[last]}");
            first = last + 1;
        }
    }
}
