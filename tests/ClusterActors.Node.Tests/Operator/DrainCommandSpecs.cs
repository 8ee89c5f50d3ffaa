using ClusterActors.Node.Tests.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Operator;

public class DrainCommandSpecs
{
    private const string Drained = "action=1000&before=0&after=1&took=2&clients=3";

    private static string View(ServerState state, int clients, int? leases, long lastReport = 100)
    {
        var server = new ServerView("w-1", state, "10.0.0.1", 9292, 1, lastReport, new ServerReport { ClientCount = clients }) { OutstandingLeases = leases };
        var reply = new ViewReply(1, null, 0, "m", [server]).ToReply();
        return "action=1000&" + string.Join('&', reply.Values.Select(value => $"{value.Name}={value.Value}"));
    }

    private static Task<int> WaitAsync(CapturedConsole console, ScriptedServer manager, params string[] more) =>
        console.RunAsync(["drain", "w-1", "--wait", "--manager", manager.Address.ToString(), .. more]);

    public class Without_waiting
    {
        [Theory]
        [InlineData("drain", "1", Drained, "w-1  draining, 3 clients left  (2 ms)")]
        [InlineData("drain", "1", "action=1000&clients=1", "w-1  draining, 1 client left")]
        [InlineData("drain", "1", "action=1000&clients=0", "w-1  draining, no client left")]
        [InlineData("drain", "1", "action=1000", "w-1  draining")]
        [InlineData("undrain", "0", "action=1000&took=2&clients=3", "w-1  takes clients again  (2 ms)")]
        public async Task It_tells_the_worker_and_shows_who_is_left(string verb, string on, string reply, string line)
        {
            await using var manager = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                Assert.Matches($"^action=10&seq=[0-9a-f]{{24}}&on={on}&node=w-1&by=alice@ops-1$", await connection.ReadTextAsync());
                await connection.SendTextAsync(reply);
                await connection.FinishAsync();
            });
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync(verb, "w-1", "--manager", manager.Address.ToString()));

            Assert.Equal(line + "\n", console.Output);
        }

        [Fact]
        public async Task A_refusal_is_exit_code_1_and_not_waited_for()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, "action=2000&code=unknown-node&msg=no server 'w-1'"));
            var console = new CapturedConsole();

            Assert.Equal(1, await WaitAsync(console, manager));

            Assert.Equal($"w-1  refused (unknown-node): no server 'w-1'  (manager {manager.Address})\n", console.Errors);
        }
    }

    public class Waiting
    {
        [Fact]
        public async Task It_ends_with_0_when_no_client_and_no_lease_is_left()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(
                connection,
                Drained,
                View(ServerState.Draining, 3, 1),
                View(ServerState.Draining, 3, 1),
                View(ServerState.Draining, 0, 1), // a client may still come
                View(ServerState.Late, 0, 0), // what it said before it fell silent proves nothing
                View(ServerState.Draining, 1, 0),
                View(ServerState.Draining, 0, 0)));
            var console = new CapturedConsole();

            Assert.Equal(0, await WaitAsync(console, manager));

            Assert.Equal(
                [
                    "w-1  draining, 3 clients left  (2 ms)",
                    "w-1  3 clients and 1 outstanding lease left",
                    "w-1  no client and 1 outstanding lease left",
                    "w-1  no client and no outstanding lease left when last heard of, now late",
                    "w-1  1 client and no outstanding lease left",
                    "w-1  no client and no outstanding lease left",
                    "",
                ],
                console.Lines);
            Assert.Empty(console.Errors);
        }

        [Fact]
        public async Task It_ends_with_1_at_the_timeout_and_says_that_it_stays_drained()
        {
            var console = new CapturedConsole();
            await using var manager = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendTextAsync(Drained);
                await connection.ReadTextAsync();
                await connection.SendTextAsync(View(ServerState.Draining, 3, 0));
                await connection.ReadTextAsync();
                console.Time.Advance(TimeSpan.FromSeconds(4)); // less than a manager may take to answer
                await connection.SendTextAsync(View(ServerState.Draining, 2, 1));
                await connection.FinishAsync();
            });

            Assert.Equal(1, await WaitAsync(console, manager, "--timeout", "4s"));

            Assert.Equal("w-1 has 2 clients and 1 outstanding lease left after 4.0 s; it stays drained ('undrain w-1' lets clients in again).\n", console.Errors);
        }

        [Fact]
        public async Task Ctrl_C_leaves_it_drained_and_says_so()
        {
            using var stop = new CancellationTokenSource();
            var console = new CapturedConsole();
            await using var manager = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendTextAsync(Drained);
                await connection.ReadTextAsync();
                await stop.CancelAsync();
                Assert.DoesNotContain("on=0", System.Text.Encoding.UTF8.GetString(await connection.ReadToEndAsync()), StringComparison.Ordinal);
            });

            Assert.Equal(1, await console.RunAsync(stop.Token, "drain", "w-1", "--wait", "--manager", manager.Address.ToString()));
            await manager.PlayedAsync();

            Assert.Equal("No longer waiting for w-1; it stays drained ('undrain w-1' lets clients in again).\n", console.Errors);
        }

        [Fact]
        public async Task It_ends_with_1_when_the_worker_has_left()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Drained, View(ServerState.Gone, 0, 0)));
            var console = new CapturedConsole();

            Assert.Equal(1, await WaitAsync(console, manager));

            Assert.Equal("w-1 has left before it was empty.\n", console.Errors);
        }

        [Fact]
        public async Task It_ends_with_1_when_somebody_undrains_it_but_not_for_a_report_from_before()
        {
            var console = new CapturedConsole();
            await using var manager = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendTextAsync(Drained);
                await connection.ReadTextAsync();
                await connection.SendTextAsync(View(ServerState.Up, 3, 0));
                await connection.ReadTextAsync();
                console.Time.Advance(TimeSpan.FromSeconds(1));
                await connection.SendTextAsync(View(ServerState.Up, 3, 0));
                await connection.FinishAsync();
            });

            Assert.Equal(1, await WaitAsync(console, manager));

            Assert.Equal("w-1 takes clients again: somebody has undrained or restarted it.\n", console.Errors);
        }

        [Fact]
        public async Task A_manager_that_is_away_is_asked_on()
        {
            await using var manager = ScriptedServer.Start(
                async connection =>
                {
                    await connection.AcceptAsync();
                    await connection.ReadTextAsync();
                    await connection.SendTextAsync(Drained);
                },
                async connection =>
                {
                    await connection.AcceptAsync();
                    await connection.SendAsync([0x88, 0x00]);
                },
                connection => Managers.Reply(connection, "action=1000&count=0&epoch=0&manager=m&nodes=[]", View(ServerState.Draining, 0, 0)));
            var console = new CapturedConsole();

            Assert.Equal(0, await WaitAsync(console, manager));

            Assert.Contains("Trying on.", console.Lines[1], StringComparison.Ordinal);
            Assert.Equal(["w-1  is not known to the manager", "w-1  no client and no outstanding lease left", ""], console.Lines.Skip(2));
        }

        [Fact]
        public async Task As_json_each_change_is_an_object()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(
                connection, Drained, View(ServerState.Draining, 1, null), View(ServerState.Draining, 1, null), View(ServerState.Draining, 0, 0)));
            var console = new CapturedConsole();

            Assert.Equal(0, await WaitAsync(console, manager, "--json"));

            Assert.Matches("""^{"node":"w-1","command":"drain","seq":"[0-9a-f]{24}","before":0,"after":1,"took":2,"clients":3}$""", console.Lines[0]);
            Assert.Equal(
                [
                    """{"node":"w-1","state":"draining","clientCount":1,"outstandingLeases":0}""",
                    """{"node":"w-1","state":"draining","clientCount":0,"outstandingLeases":0}""",
                    "",
                ],
                console.Lines.Skip(1));
        }
    }
}
