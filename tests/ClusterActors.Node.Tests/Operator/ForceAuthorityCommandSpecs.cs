using ClusterActors.Node.Operator;
using ClusterActors.Node.Tests.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Operator;

public class ForceAuthorityCommandSpecs
{
    private const string Done = "action=1000&epoch=1048580";

    private static readonly string View = Views.Wire(new ViewReply(0, null, 7, "m-1", [])
    {
        Voters = [new("10.0.0.1:9292") { Node = "m-1" }, new("10.0.0.2:9292") { Node = "m-2" }, new("10.0.0.3:9292")],
    });

    private static ScriptedServer Server(string voters, string view, params string[] replies) => ScriptedServer.Start(
        async connection =>
        {
            await connection.AcceptAsync();
            await connection.ReadTextAsync();
            await connection.SendTextAsync(view);
            await connection.FinishAsync();
        },
        async connection =>
        {
            await connection.AcceptAsync();
            Assert.Matches($"^action=71&seq=[0-9a-f]{{24}}&voters={voters}&confirm=1&by=alice@ops-1$", await connection.ReadTextAsync());
            await connection.SendTextAsync(replies[0]);
            await connection.FinishAsync();
        });

    public class At_a_terminal
    {
        [Fact]
        public async Task It_says_what_it_does_and_wants_the_word()
        {
            await using var server = Server("10.0.0.1:9292", View, Done);
            var console = new CapturedConsole { Typed = " force \n" };

            Assert.Equal(0, await console.RunAsync("force-authority", "--manager", server.Address.ToString()));

            Assert.Equal(
                $"From now on 10.0.0.1:9292 alone will vote on who holds management authority, at {server.Address} to begin with.\n"
                + "Every other voter (10.0.0.2:9292, 10.0.0.3:9292) must be stopped now, and must not come back as it was: otherwise two managers may command the fleet at once.\n"
                + "Nobody allocates or commands until the new voters have elected a holder, some seconds from now. This cannot be taken back.\n"
                + "Type force to go on:\n",
                console.Errors);
            Assert.Equal($"{server.Address} goes on with one voter, 10.0.0.1:9292. 'status' shows who holds management authority once they have elected.\n", console.Output);
        }

        [Theory]
        [InlineData("yes\n")]
        [InlineData("Force\n")]
        [InlineData("")]
        public async Task Anything_else_does_nothing(string typed)
        {
            await using var server = ScriptedServer.Start(connection => Managers.Reply(connection, View));
            var console = new CapturedConsole { Typed = typed };

            Assert.Equal(1, await console.RunAsync("force-authority", "--manager", server.Address.ToString()));

            Assert.EndsWith("Type force to go on:\nNothing was done.\n", console.Errors, StringComparison.Ordinal);
            Assert.Empty(console.Output);
        }
    }

    public class Left_with_Ctrl_C
    {
        [Fact]
        public async Task Nothing_is_sent()
        {
            using var stop = new CancellationTokenSource();
            await using var server = ScriptedServer.Start(connection => Managers.Reply(connection, View));
            using var terminal = new SilentTerminal();
            var console = new CapturedConsole();
            var running = CommandLine.RunAsync(
                ["force-authority", "--manager", server.Address.ToString()],
                console.Console with { In = terminal },
                (_, _) => Task.FromResult(42),
                stop.Token);
            await terminal.Asked;

            await stop.CancelAsync();

            Assert.Equal(1, await running);
        }

        /// <summary>A terminal at which nobody types, and which cannot be told to stop reading.</summary>
        private sealed class SilentTerminal : TextReader
        {
            private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public Task Asked => _asked.Task;

            public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
            {
                _asked.SetResult();
                return new ValueTask<string?>(new TaskCompletionSource<string?>().Task);
            }
        }
    }

    public class Without_a_terminal
    {
        [Fact]
        public async Task It_does_nothing_without_yes()
        {
            await using var server = ScriptedServer.Start(connection => Managers.Reply(connection, View));
            var console = new CapturedConsole();

            Assert.Equal(1, await console.RunAsync("force-authority", "--manager", server.Address.ToString()));

            Assert.EndsWith("Nothing was done: there is no terminal to ask at; give --yes if every other voter is stopped.\n", console.Errors, StringComparison.Ordinal);
        }

        [Fact]
        public async Task With_yes_it_asks_nothing()
        {
            await using var server = Server(@"10\.0\.0\.1:9292,\[::1]:9293", View, Done + "&node=m-1&ip=10.0.0.1&port=9292&took=6000");
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync(
                "force-authority", "--yes", "--voters", "10.0.0.1:9292,[::1]:9293", "--manager", server.Address.ToString()));

            Assert.Equal(
                $"{server.Address} goes on with the voters, 10.0.0.1:9292, [::1]:9293. m-1 holds management authority now: epoch 1048580, 10.0.0.1:9292, after 6,000 ms.\n",
                console.Output);
            Assert.Empty(console.Errors);
        }

        [Fact]
        public async Task As_json_it_is_an_object()
        {
            await using var server = Server("10.0.0.1:9292", View, Done);
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync("force-authority", "-y", "--json", "--manager", server.Address.ToString()));

            Assert.Equal("""{"voters":["10.0.0.1:9292"],"epoch":1048580}""", console.Lines[0]);
        }

        [Fact]
        public async Task A_witness_that_has_no_view_is_forced_under_the_address_it_is_asked_at()
        {
            await using var server = Server(@"127\.0\.0\.1:\d+", "action=2000&code=not-authority&msg=no manager&ip=10.0.0.1&port=9292", Done);
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync("force-authority", "--yes", "--manager", server.Address.ToString()));

            Assert.StartsWith($"{server.Address} goes on with one voter, {server.Address}. ", console.Output, StringComparison.Ordinal);
        }

        [Fact]
        public async Task A_refusal_is_exit_code_1()
        {
            await using var server = Server("a:1", View, "action=2000&code=bad-request&msg=voters must name this server");
            var console = new CapturedConsole();

            Assert.Equal(1, await console.RunAsync("force-authority", "--yes", "--voters", "a:1", "--manager", server.Address.ToString()));

            Assert.Equal($"{server.Address}  refused (bad-request): voters must name this server  (manager {server.Address})\n", console.Errors);
        }
    }
}
