using Spectre.Console;

namespace ClusterActors.Node.Operator;

/// <summary>Sums up how often each worker was met.</summary>
internal static class Tally
{
    /// <summary>Prints a line for all and one per worker by name.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="what">What was counted, in the plural.</param>
    /// <param name="workers">The worker of each.</param>
    public static void Write(OperatorConsole console, string what, IEnumerable<string> workers)
    {
        var counts = workers.GroupBy(worker => worker, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var all = counts.Sum(group => group.Count());
        console.WriteLine($"{HumanUnits.Count(all)} {what} to {counts.Count} {(counts.Count == 1 ? "worker" : "workers")}");
        var table = new Table { Border = TableBorder.None, ShowHeaders = false }
            .AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0, 0, 2, 0), Alignment = Justify.Right })
            .AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0), Alignment = Justify.Right });
        foreach (var group in counts)
            _ = table.AddRow(new Text(PlainText.Of(group.Key)), new Text(HumanUnits.Count(group.Count())), new Text(HumanUnits.Percent(100.0 * group.Count() / all)));
        console.Out.Write(table);
    }
}
