using ClusterActors.Node.Operator;
using ClusterActors.Node.Tests.Client;
using ClusterActors.Protocol.Messages;
using Spectre.Console;

namespace ClusterActors.Node.Tests.Operator;

public class StatusTableSpecs
{
    [Fact]
    public void At_120_columns_all_is_there_but_the_bar() => Assert.Equal(
        [
            "manager manager-2  authority manager-1 (epoch 7)",
            "5 servers: 2 up, 1 late, 1 unreachable, 1 draining  20,251/30,000+ clients",
            "                                                             cpu %       memory            threads/",
            "node      state        address                    clients  all/own   used/total      own  loops/acc  queue  report",
            "java-1    up           10.0.0.21:7074                17/-        -            -        -     10/2/-      -    28 s",
            "worker-1  up           10.0.0.11:9090        1,234/10,000    23/12  3.5/8.0 GiB  300 MiB      8/2/1      0   0.3 s",
            "worker-2  late         10.0.0.12:9090,9091   9,000/10,000    92/46  3.5/8.0 GiB  300 MiB      8/2/1      0   4.2 s",
            "worker-3  draining     10.0.0.13:9090-9094  10,000/10,000    50/25  3.5/8.0 GiB  300 MiB      8/2/1      0   0.1 s",
            "worker-4  unreachable  [::1]:-                   0/10,000      3/2  3.5/8.0 GiB  300 MiB      8/2/1      0   1 min",
            "",
        ],
        Rendered(Views.Mixed, 120));

    [Fact]
    public void At_80_columns_the_most_important_is_there() => Assert.Equal(
        [
            "manager manager-2  authority manager-1 (epoch 7)",
            "5 servers: 2 up, 1 late, 1 unreachable, 1 draining  20,251/30,000+ clients",
            "                                        cpu %       memory   threads/",
            "node      state              clients  all/own   used/total  loops/acc  report",
            "java-1    up                    17/-        -            -     10/2/-    28 s",
            "worker-1  up            1,234/10,000    23/12  3.5/8.0 GiB      8/2/1   0.3 s",
            "worker-2  late          9,000/10,000    92/46  3.5/8.0 GiB      8/2/1   4.2 s",
            "worker-3  draining     10,000/10,000    50/25  3.5/8.0 GiB      8/2/1   0.1 s",
            "worker-4  unreachable       0/10,000      3/2  3.5/8.0 GiB      8/2/1   1 min",
            "",
        ],
        Rendered(Views.Mixed, 80));

    [Fact]
    public void At_100_columns_there_are_clients_ports_threads_and_loops() => Assert.Equal(
        [
            "manager manager-2  authority manager-1 (epoch 7)",
            "5 servers: 2 up, 1 late, 1 unreachable, 1 draining  20,251/30,000+ clients",
            "                                                             cpu %       memory   threads/",
            "node      state        address                    clients  all/own   used/total  loops/acc  report",
            "java-1    up           10.0.0.21:7074                17/-        -            -     10/2/-    28 s",
            "worker-1  up           10.0.0.11:9090        1,234/10,000    23/12  3.5/8.0 GiB      8/2/1   0.3 s",
            "worker-2  late         10.0.0.12:9090,9091   9,000/10,000    92/46  3.5/8.0 GiB      8/2/1   4.2 s",
            "worker-3  draining     10.0.0.13:9090-9094  10,000/10,000    50/25  3.5/8.0 GiB      8/2/1   0.1 s",
            "worker-4  unreachable  [::1]:-                   0/10,000      3/2  3.5/8.0 GiB      8/2/1   1 min",
            "",
        ],
        Rendered(Views.Mixed, 100));

    [Fact]
    public void All_ports_are_shown_and_take_no_more_width_for_that()
    {
        int[] ports = [7070, 7072, 8000, 8001, 9090, 9091, 9092, 9100];
        var worker = Views.Mixed.Nodes[1];
        var lines = Rendered(Views.Mixed with { Nodes = [worker with { Report = worker.Report with { Ports = ports } }] }, 100);

        Assert.Equal(
            ["10.0.0.11:7070,7072,", "          8000,8001,", "          9090-9092,9100"],
            lines.Skip(3).SkipLast(1).Select(line => line[17..].PadRight(26)[..26].TrimEnd()));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void An_address_steers_no_terminal_and_adds_no_line()
    {
        var lines = Rendered(Views.Mixed with { Nodes = [Views.Mixed.Nodes[1] with { Ip = "a\n\u001b[2J" }] }, 100);

        Assert.Equal(5, lines.Count);
        Assert.Contains("a??[2J:9090", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void With_more_room_there_is_a_bar()
    {
        var worker = Assert.Single(Rendered(Views.Mixed, 130), line => line.StartsWith("worker-1", StringComparison.Ordinal));

        Assert.Contains("1,234/10,000  █░░░░░░░    23/12", worker, StringComparison.Ordinal);
    }

    [Fact]
    public void At_60_columns_it_still_fits() => Assert.All(Rendered(Views.Mixed, 60).Skip(1), line => Assert.InRange(line.Length, 0, 60));

    [Fact]
    public void A_long_name_is_cut_and_no_line_broken()
    {
        var name = new string('n', 64) + "\u001b[2J";
        var lines = Rendered(Views.Mixed with { Nodes = [Views.Mixed.Nodes[0] with { Node = name }] }, 80);

        Assert.Equal(["nnnnnnnnnn…nnnnn?[2J", ""], lines.Skip(4).Select(line => line.Split(' ')[0]));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("late", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_reported_is_a_dash_and_never_0()
    {
        var java = Assert.Single(ServerRow.Of(Views.Mixed, unicode: false), row => row.Node == "java-1");

        Assert.Equal("17/-", java.Clients);
        Assert.Equal(["-", "-", "-", "-", "10/2/-", ""], [java.Cpu, java.Memory, java.ProcessMemory, java.Queue, java.Threads, java.Bar]);
    }

    [Fact]
    public void A_manager_that_tells_of_authority_shows_the_holder_and_a_line_for_each_voter()
    {
        var lines = Rendered(Views.WithVoters, 120);

        Assert.Equal("manager manager-2  authority manager-1 at 10.0.0.1:9292 (epoch 7, for 12 min)", lines[0]);
        Assert.StartsWith("worker-4  unreachable", lines[8], StringComparison.Ordinal);
        Assert.Equal(
            [
                "",
                "voter      address        link     promised",
                "manager-1  10.0.0.1:9292  linked          7  bound to manager-1 for 2.4 s",
                "manager-2  10.0.0.2:9292  linked          7  silent for 3.0 s",
                "witness    10.0.0.3:9292  linked          -  not admitted (readmit witness)",
                "worker-4   [::1]:9292     no link         6  bound to 10.0.0.9:9292 for 0.1 s; last heard of 1 min ago",
                "-          10.0.0.5:9292  no link         -  never heard of",
                "",
            ],
            lines.Skip(9));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    public void On_a_narrow_terminal_the_remarks_are_broken_and_nothing_is_cut(int width)
    {
        var lines = Rendered(Views.WithVoters, width).Skip(10).ToList();

        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("(readmit", string.Concat(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m-1", "a:1", 5000L, "manager m  authority m-1 at a:1 (epoch 7, for 5.0 s)  no servers")]
    [InlineData("m-1", null, null, "manager m  authority m-1 (epoch 7)  no servers")]
    [InlineData(null, "a:1", 5000L, "manager m  authority a:1 (epoch 7, for 5.0 s)  no servers")]
    public void Of_the_holder_it_shows_what_is_known(string? node, string? address, long? since, string line) =>
        Assert.Equal(line, StatusTable.Headline(new ViewReply(0, node, 7, "m", []) { Holder = address, SinceMs = since }, 100));

    [Fact]
    public void Without_a_holder_it_shows_why()
    {
        var view = new ViewReply(0, null, 7, "m", []);

        Assert.Equal("manager m  no holder: 2 of 3 voters do not answer  no servers", StatusTable.Headline(view with { Why = "2 of 3 voters do not answer." }, 100));
        Assert.Equal("manager m  no holder: nobody holds management authority  no servers", StatusTable.Headline(view with { Voters = [new("a:1")] }, 100));
    }

    [Fact]
    public void Without_servers_it_says_so() =>
        Assert.Equal(["manager m  no servers", ""], Rendered(new ViewReply(0, "", 0, "m", []), 80));

    [Fact]
    public void States_are_coloured_on_a_terminal()
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Out = new AnsiConsoleOutput(written),
        });
        console.Profile.Width = 120;

        console.Write(StatusTable.Of(Views.Mixed, 120, unicode: true));

        Assert.Contains("\u001b[32mup\u001b[0m", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u001b[91munreachable\u001b[0m", written.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Rendered(ViewReply view, int width)
    {
        var captured = new CapturedConsole(width);
        captured.Console.Out.Write(StatusTable.Of(view, width, unicode: true));
        return captured.Lines;
    }
}
