using ClusterActors.Node.Tests.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Operator;

/// <summary><c>handover NODE</c> and <c>takeover</c>.</summary>
public class HandoverCommandSpecs
{
    private const string Moved = "action=1000&node=worker-2&ip=127.0.0.1&port=9294&epoch=8&took=43";
    private const string Line = "worker-2 holds management authority now: epoch 8, 127.0.0.1:9294, after 43 ms\n";

    private static string SendOn(ScriptedServer to) => $"action=2000&code=not-authority&msg=ask&ip={to.Address.Host}&port={to.Address.Port}&epoch=7";

    private static async Task AnswerAsync(ScriptedConnection connection, string pattern, string reply)
    {
        await connection.AcceptAsync();
        Assert.Matches(pattern, await connection.ReadTextAsync());
        await connection.SendTextAsync(reply);
        await connection.FinishAsync();
    }

    public class Handing_over
    {
        [Fact]
        public async Task The_holder_is_found_from_any_manager_and_the_new_one_is_a_line()
        {
            await using var holder = ScriptedServer.Start(connection => AnswerAsync(connection, "^action=6&seq=[0-9a-f]{24}&node=worker-2&by=alice@ops-1$", Moved));
            await using var other = ScriptedServer.Start(connection => Managers.Reply(connection, SendOn(holder)));
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync("handover", "worker-2", "--manager", other.Address.ToString()));

            Assert.Equal((Line, ""), (console.Output, console.Errors));
        }

        [Fact]
        public async Task As_json_it_is_an_object()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Moved + ".256"));
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync("handover", "worker-2", "--json", "--manager", manager.Address.ToString()));

            Assert.Equal("""{"node":"worker-2","ip":"127.0.0.1","port":9294,"epoch":8,"took":43.26}""", console.Lines[0]);
        }

        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public async Task A_refusal_is_its_code_and_sentence_and_exit_code_1(bool json)
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, "action=2000&code=unknown-node&msg=no such server"));
            var console = new CapturedConsole();

            Assert.Equal(1, await console.RunAsync(["handover", "worker-9", "--manager", manager.Address.ToString(), .. json ? ["--json"] : Array.Empty<string>()]));

            Assert.Equal($"worker-9  refused (unknown-node): no such server  (manager {manager.Address})\n", console.Errors);
            Assert.Equal(json ? """{"node":"worker-9","code":"unknown-node","msg":"no such server"}""" : "", console.Lines[0]);
        }

        [Fact]
        public async Task A_lost_answer_is_told_as_uncertain_and_exit_code_1()
        {
            static async Task BreakAsync(ScriptedConnection connection)
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendAsync([0x88, 0x00]);
            }

            await using var manager = ScriptedServer.Start(BreakAsync, BreakAsync);
            var console = new CapturedConsole();

            Assert.Equal(1, await console.RunAsync("handover", "worker-2", "--manager", manager.Address.ToString()));

            Assert.EndsWith("All the same worker-2 may hold management authority: the view of the fleet (status) tells.\n", console.Errors, StringComparison.Ordinal);
        }
    }

    public class Taking_over
    {
        private static readonly string View = Views.Wire(new ViewReply(0, null, 7, "worker-2", []));

        [Fact]
        public async Task The_manager_that_is_asked_is_named_to_the_holder()
        {
            await using var holder = ScriptedServer.Start(connection => AnswerAsync(connection, "^action=6&seq=[0-9a-f]{24}&node=worker-2&by=alice@ops-1$", Moved));
            await using var manager = ScriptedServer.Start(
                connection => Managers.Reply(connection, View),
                connection => AnswerAsync(connection, "^action=6&seq=[0-9a-f]{24}&node=worker-2&by=alice@ops-1$", SendOn(holder)));
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync("takeover", "--manager", manager.Address.ToString()));

            Assert.Equal((Line, ""), (console.Output, console.Errors));
        }

        [Fact]
        public async Task Without_a_holder_it_answers_itself_when_it_is_elected()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, View), connection => Managers.Reply(connection, Moved));
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync("takeover", "--json", "--manager", manager.Address.ToString()));

            Assert.Equal("""{"node":"worker-2","ip":"127.0.0.1","port":9294,"epoch":8,"took":43}""", console.Lines[0]);
        }

        [Fact]
        public async Task A_server_that_is_no_manager_is_not_taken_for_the_one_it_names()
        {
            await using var other = ScriptedServer.Start(connection => Managers.Reply(connection, View));
            await using var worker = ScriptedServer.Start(connection => Managers.Reply(connection, SendOn(other)));
            var console = new CapturedConsole();

            Assert.Equal(1, await console.RunAsync("takeover", "--manager", worker.Address.ToString()));

            Assert.Equal($"The manager at {worker.Address} refused (not-authority): ask.\n", console.Errors);
        }
    }
}
