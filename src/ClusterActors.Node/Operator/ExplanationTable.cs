using System.Globalization;
using ClusterActors.Protocol.Messages;
using Spectre.Console;

namespace ClusterActors.Node.Operator;

/// <summary>Renders why an allocation went as it did: a line per worker, the chosen one marked.</summary>
internal static class ExplanationTable
{
    private const int Gap = 2;

    /// <summary>The table, ordered by name.</summary>
    public static Table Of(IEnumerable<AllocationCandidate> candidates)
    {
        var table = new Table { Border = TableBorder.None };
        string[] titles = ["", "node", "state", "load", "cpu", "leases", "reason"];
        foreach (var title in titles)
        {
            _ = table.AddColumn(new TableColumn(new Text(title, new Style(Color.Grey)))
            {
                NoWrap = title != "reason",
                Padding = new Padding(0, 0, title == "reason" ? 0 : Gap, 0),
                Alignment = title is "load" or "cpu" or "leases" ? Justify.Right : Justify.Left,
            });
        }

        foreach (var candidate in candidates.OrderBy(candidate => candidate.Node, StringComparer.Ordinal))
            _ = table.AddRow(Cells(candidate).Select(cell => new Text(PlainText.Of(cell), candidate.Chosen ? new Style(Color.Green) : Style.Plain)));
        return table;
    }

    private static string[] Cells(AllocationCandidate candidate) =>
    [
        candidate.Chosen ? "*" : "",
        candidate.Node,
        candidate.State.ToString().ToLowerInvariant(),
        double.IsFinite(candidate.Load) ? HumanUnits.Percent(candidate.Load * 100) : HumanUnits.Unknown,
        HumanUnits.Percent(candidate.CpuUsage),
        candidate.Leases.ToString(CultureInfo.InvariantCulture),
        candidate.Reason,
    ];
}
