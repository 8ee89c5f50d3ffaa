using System.Collections.Concurrent;
using ClusterActors.Client;
using ClusterActors.Node.Tests.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Operator;

/// <summary><c>command --all</c>.</summary>
public class FleetCommandSpecs
{
    private static ServerView Worker(string node, ServerState state = ServerState.Up, int role = 1) =>
        new(node, state, "10.0.0.1", 9292, role, 100, new ServerReport());

    private static string Wire(params ServerView[] servers)
    {
        var reply = new ViewReply(servers.Length, null, 0, "m", servers).ToReply();
        return "action=1000&" + string.Join('&', reply.Values.Select(value => $"{value.Name}={value.Value}"));
    }

    /// <summary>A manager that shows these servers on the first link, and answers commands on the others.</summary>
    private static ScriptedServer Manager(int links, ConcurrentQueue<string> commanded, Func<string, string> answer, params ServerView[] servers)
    {
        async Task Command(ScriptedConnection connection)
        {
            await connection.AcceptAsync();
            while (true)
            {
                var (first, text) = await connection.ReadFrameAsync();
                if (first == 0x88)
                {
                    await connection.SendAsync([0x88, 0x00]);
                    return;
                }

                var values = text.Split('&').Select(part => part.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
                commanded.Enqueue(values["node"]);
                await connection.SendTextAsync($"{answer(values["node"])}&seq={values["seq"]}");
            }
        }

        return ScriptedServer.Start([connection => Managers.Reply(connection, Wire(servers)), .. Enumerable.Repeat<Func<ScriptedConnection, Task>>(Command, links)]);
    }

    private static Task<int> RunAsync(CapturedConsole console, ServerAddress manager, params string[] more) =>
        console.RunAsync(["command", "--all", "add-workers", "2", "--manager", manager.ToString(), .. more]);

    [Fact]
    public async Task Every_worker_that_is_up_or_draining_gets_it_and_has_a_line()
    {
        var commanded = new ConcurrentQueue<string>();
        await using var manager = Manager(
            3,
            commanded,
            _ => "action=1000&before=2&after=4&took=1",
            Worker("w-1"), Worker("both", role: 3), Worker("w-300", ServerState.Draining), Worker("m", role: 2), Worker("w-4", ServerState.Late), Worker("w-5", ServerState.Gone));
        var console = new CapturedConsole();

        Assert.Equal(0, await RunAsync(console, manager.Address));

        Assert.Equal(["both", "w-1", "w-300"], commanded.Order());
        Assert.Equal("w-4    not sent: it is late", console.Lines[0]);
        Assert.Equal(
            ["both   worker threads 2 -> 4  (1 ms)", "w-1    worker threads 2 -> 4  (1 ms)", "w-300  worker threads 2 -> 4  (1 ms)"],
            console.Lines.Skip(1).SkipLast(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_that_refuses_is_a_line_and_exit_code_1()
    {
        await using var manager = Manager(
            2, [], node => node == "w-1" ? "action=2000&code=out-of-range&msg=at most 3" : "action=1000&before=2&after=4", Worker("w-1"), Worker("w-2"));
        var console = new CapturedConsole();

        Assert.Equal(1, await RunAsync(console, manager.Address));

        Assert.Equal(["", "w-1  refused (out-of-range): at most 3", "w-2  worker threads 2 -> 4"], console.Lines.Order(StringComparer.Ordinal));
        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task As_json_each_is_an_object()
    {
        await using var manager = Manager(1, [], _ => "action=2000&code=timeout&msg=no answer", Worker("w-1"), Worker("w-2", ServerState.Late));
        var console = new CapturedConsole();

        Assert.Equal(1, await RunAsync(console, manager.Address, "--json"));

        Assert.Equal(["""{"node":"w-1","code":"timeout","msg":"no answer"}""", ""], console.Lines);
        Assert.Equal("w-2  not sent: it is late\n", console.Errors);
    }

    [Fact]
    public async Task Without_a_worker_it_says_so()
    {
        await using var manager = Manager(0, [], _ => "", Worker("m", role: 2));
        var console = new CapturedConsole();

        Assert.Equal(1, await RunAsync(console, manager.Address));

        Assert.Equal("No worker is up; see status.\n", console.Errors);
    }

    [Fact]
    public async Task Many_are_commanded_on_eight_links()
    {
        var commanded = new ConcurrentQueue<string>();
        ServerView[] servers = [.. Enumerable.Range(0, 100).Select(i => Worker($"w-{i:000}"))];
        await using var manager = Manager(8, commanded, _ => "action=1000&before=2&after=4", servers);
        var console = new CapturedConsole();

        Assert.Equal(0, await RunAsync(console, manager.Address));

        Assert.Equal(servers.Select(server => server.Node), commanded.Order());
        Assert.Equal(100, console.Lines.Count - 1);
    }
}
