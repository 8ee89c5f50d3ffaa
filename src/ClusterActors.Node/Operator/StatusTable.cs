using System.Globalization;
using ClusterActors.Protocol.Messages;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ClusterActors.Node.Operator;

/// <summary>Renders a view of the fleet: a line about all of it, then a line per server, then a line per voter.</summary>
internal static class StatusTable
{
    private const int MinNameWidth = 16;

    /// <summary>The whole view.</summary>
    /// <param name="view">What a manager answered.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="unicode">Whether the terminal shows block characters.</param>
    public static IRenderable Of(ViewReply view, int width, bool unicode)
    {
        var nameLimit = Math.Max(MinNameWidth, width / 4);
        var rows = ServerRow.Of(view, unicode).Select(row => row with { Node = PlainText.Of(Shortened(row.Node, nameLimit, unicode)) }).ToList();
        var parts = new List<IRenderable> { new Text(Headline(view, width), new Style(decoration: Decoration.Bold)) };
        if (rows.Count > 0)
            parts.Add(Servers(rows, width));
        if (VoterRow.Of(view) is { Count: > 0 } voters)
            parts.AddRange([Text.Empty, Voters(voters, nameLimit, unicode)]);
        return new Rows(parts);
    }

    /// <summary>Who answers and who has authority, then how many servers there are and their clients; on one line if it fits.</summary>
    public static string Headline(ViewReply view, int width)
    {
        var (who, what) = (PlainText.Of($"manager {view.Manager}{Authority(view)}"), $"{Servers(view)}{Clients(view)}");
        return who.Length + what.Length + StatusColumn.Gap <= width ? $"{who}  {what}" : $"{who}\n{what}";
    }

    /// <summary>Who holds management authority and since when, or why nobody does; nothing where the manager does not tell.</summary>
    private static string Authority(ViewReply view)
    {
        var (node, told) = (view.Authority is { Length: > 0 } name ? name : null, view.Why is not null || view.Voters.Count > 0);
        if (node is null && view.Holder is null)
            return told ? $"  no holder: {view.Why?.TrimEnd('.') ?? "nobody holds management authority"}" : "";
        var address = (node, view.Holder) switch
        {
            (_, null) => "",
            (null, { } only) => only,
            var (_, behind) => $" at {behind}",
        };
        var since = view.SinceMs is { } ms ? $", for {HumanUnits.Duration(TimeSpan.FromMilliseconds(ms))}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"  authority {node}{address} (epoch {view.Epoch}{since})");
    }

    /// <summary>Cuts a name in its middle: names of a fleet often begin alike and end alike.</summary>
    private static string Shortened(string name, int limit, bool unicode)
    {
        var gap = unicode ? "…" : "..";
        if (name.Length <= limit)
            return name;
        var tail = (limit - gap.Length) / 2;
        return string.Concat(name.AsSpan(0, limit - gap.Length - tail), gap, name.AsSpan(name.Length - tail));
    }

    private static string Servers(ViewReply view)
    {
        if (view.Nodes.Count == 0)
            return "no servers";
        var states = view.Nodes.GroupBy(server => server.State).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}");
        return $"{view.Nodes.Count} {(view.Nodes.Count == 1 ? "server" : "servers")}: {string.Join(", ", states)}";
    }

    private static string Clients(ViewReply view)
    {
        // What a lost server last said of its clients is no longer true.
        var serving = view.Nodes.Where(server => server.State is not (ServerState.Gone or ServerState.Unreachable)).ToList();
        if (serving.Count == 0)
            return "";
        var capacity = serving.Sum(server => (long?)server.Report.MaxClientCount);
        var unlimited = serving.Any(server => server.Report.MaxClientCount is null);
        var of = capacity is > 0 ? $"/{HumanUnits.Count(capacity)}{(unlimited ? "+" : "")}" : $"/{HumanUnits.Unknown}";
        return $"  {HumanUnits.Count(serving.Sum(server => (long)server.Report.ClientCount))}{of} clients";
    }

    private static Table Servers(IReadOnlyList<ServerRow> rows, int width)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        var columns = StatusColumn.Fitting(rows, width);
        foreach (var column in columns)
        {
            var padding = column == columns[^1] ? 0 : StatusColumn.Gap;
            _ = table.AddColumn(new TableColumn(new Text($"{column.Group}\n{column.Title}", new Style(Color.Grey)))
            {
                NoWrap = true,
                Padding = new Padding(0, 0, padding, 0),
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
            });
        }

        foreach (var row in rows)
            _ = table.AddRow(columns.Select(column => new Text(column.Cell(row), StyleOf(column, row)) { Overflow = Overflow.Ellipsis }));
        return table;
    }

    private static Table Voters(IReadOnlyList<VoterRow> voters, int nameLimit, bool unicode)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var title in (string[])["voter", "address", "link", "promised", ""])
        {
            _ = table.AddColumn(new TableColumn(new Text(title, new Style(Color.Grey)))
            {
                NoWrap = title.Length > 0,
                Padding = new Padding(0, 0, title.Length > 0 ? StatusColumn.Gap : 0, 0),
                Alignment = title == "promised" ? Justify.Right : Justify.Left,
            });
        }

        foreach (var voter in voters)
        {
            var style = voter.IsWell ? Style.Plain : new Style(Color.Yellow);
            string[] cells = [Shortened(voter.Node, nameLimit, unicode), voter.Address, voter.Link, voter.Promised, voter.Notes];
            _ = table.AddRow(cells.Select(cell => new Text(cell, style)));
        }

        return table;
    }

    private static Style StyleOf(StatusColumn column, ServerRow row) => (column.Title, row.State) switch
    {
        ("state", ServerState.Up) => new Style(Color.Green),
        ("state", ServerState.Late or ServerState.Draining) => new Style(Color.Yellow),
        ("state", ServerState.Unreachable) => new Style(Color.Red),
        (_, ServerState.Unreachable or ServerState.Gone) => new Style(Color.Grey),
        _ => Style.Plain,
    };
}
