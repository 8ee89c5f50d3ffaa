namespace ClusterActors.Node.Operator;

/// <summary>A column of <c>status</c>.</summary>
/// <param name="Group">First line of its head, what the numbers are of; often empty.</param>
/// <param name="Title">Second line of its head.</param>
/// <param name="Rank">On a narrow terminal the lowest numbers are shown first; 0 always is.</param>
/// <param name="Cell">Its text for a server.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
internal sealed record StatusColumn(string Group, string Title, int Rank, Func<ServerRow, string> Cell, bool IsNumber = false)
{
    /// <summary>Blanks between two columns.</summary>
    public const int Gap = 2;

    private static readonly StatusColumn[] All =
    [
        new("", "node", 0, row => row.Node),
        new("", "state", 0, row => row.StateText),
        new("", "address", 3, row => row.Address),
        new("", "clients", 0, row => row.Clients, IsNumber: true),
        new("", "", 7, row => row.Bar),
        new("cpu %", "all/own", 0, row => row.Cpu, IsNumber: true),
        new("memory", "used/total", 4, row => row.Memory, IsNumber: true),
        new("", "own", 6, row => row.ProcessMemory, IsNumber: true),
        new("threads/", "loops/acc", 2, row => row.Threads, IsNumber: true),
        new("", "queue", 5, row => row.Queue, IsNumber: true),
        new("", "report", 1, row => row.Age, IsNumber: true),
    ];

    /// <summary>The columns that fit, in their order.</summary>
    /// <param name="rows">What they show.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IReadOnlyList<StatusColumn> Fitting(IReadOnlyList<ServerRow> rows, int width)
    {
        var room = width + Gap;
        var chosen = new HashSet<StatusColumn>();
        foreach (var column in All.OrderBy(column => column.Rank))
        {
            var needed = column.WidthFor(rows) + Gap;
            if (column.Rank > 0 && needed > room)
                continue;
            room -= needed;
            _ = chosen.Add(column);
        }

        return [.. All.Where(chosen.Contains)];
    }

    private int WidthFor(IReadOnlyList<ServerRow> rows) =>
        Math.Max(Math.Max(Group.Length, Title.Length), rows.Max(row => Cell(row).Split('\n').Max(line => line.Length)));
}
