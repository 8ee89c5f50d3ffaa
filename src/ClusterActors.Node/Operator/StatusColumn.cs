namespace ClusterActors.Node.Operator;

/// <summary>A column of <c>status</c>.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Cell">Its text for a server.</param>
/// <param name="LeavesAs">The columns with the highest numbers are left out first when the terminal is narrow; 0 never is.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
internal sealed record StatusColumn(string Title, Func<ServerRow, string> Cell, int LeavesAs, bool IsNumber = false)
{
    /// <summary>Blanks between two columns.</summary>
    public const int Gap = 2;

    private static readonly StatusColumn[] All =
    [
        new("node", row => row.Node, 0),
        new("state", row => row.State.ToString().ToLowerInvariant(), 0),
        new("address", row => row.Address, 3),
        new("clients", row => row.Clients, 0, IsNumber: true),
        new("", row => row.Bar, 7),
        new("cpu all/own", row => row.Cpu, 1, IsNumber: true),
        new("memory", row => row.Memory, 4, IsNumber: true),
        new("process", row => row.ProcessMemory, 6, IsNumber: true),
        new("threads/loops/acceptors", row => row.Threads, 8, IsNumber: true),
        new("queue", row => row.Queue, 5, IsNumber: true),
        new("report", row => row.Age, 2, IsNumber: true),
    ];

    /// <summary>The columns that fit.</summary>
    /// <param name="rows">What they show.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IReadOnlyList<StatusColumn> Fitting(IReadOnlyList<ServerRow> rows, int width)
    {
        var columns = All.ToList();
        while (columns.Sum(column => column.WidthFor(rows)) + (Gap * (columns.Count - 1)) > width)
        {
            var next = columns.MaxBy(column => column.LeavesAs)!;
            if (next.LeavesAs == 0)
                break;
            columns.Remove(next);
        }

        return columns;
    }

    private int WidthFor(IReadOnlyList<ServerRow> rows) => Math.Max(Title.Length, rows.Max(row => Cell(row).Length));
}
