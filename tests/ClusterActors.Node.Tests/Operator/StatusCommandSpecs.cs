using System.Text.Json;
using ClusterActors.Node.Tests.Client;

namespace ClusterActors.Node.Tests.Operator;

public class StatusCommandSpecs
{
    private const string Empty = "action=1000&count=0&epoch=0&manager=m&nodes=[]";
    private static readonly string Mixed = Wire(Views.Mixed);

    public class Once
    {
        [Fact]
        public async Task It_prints_the_table_and_ends_with_0()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Mixed));
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync("status", "--manager", manager.Address.ToString()));

            Assert.Equal("manager manager-2  authority manager-1 (epoch 7)", console.Lines[0]);
            Assert.Equal(["java-1", "worker-1", "worker-2", "worker-3", "worker-4", ""], console.Lines.Skip(4).Select(line => line.Split(' ')[0]));
            Assert.Empty(console.Errors);
        }

        [Fact]
        public async Task As_json_it_is_one_object_with_the_names_of_the_wire()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Mixed));
            var console = new CapturedConsole(width: 40);

            Assert.Equal(0, await console.RunAsync("status", "--json", "--manager", manager.Address.ToString()));

            Assert.Equal((2, ""), (console.Lines.Count, console.Lines[^1]));
            using var json = JsonDocument.Parse(console.Lines[0]);
            var view = json.RootElement;
            Assert.Equal(["manager", "authority", "epoch", "count", "nodes"], view.EnumerateObject().Select(member => member.Name));
            Assert.Equal(("manager-1", 7, 5), (view.GetProperty("authority").GetString(), view.GetProperty("epoch").GetInt32(), view.GetProperty("count").GetInt32()));
            var first = view.GetProperty("nodes")[0];
            Assert.Equal(("worker-2", "late", 9000), (first.GetProperty("node").GetString(), first.GetProperty("state").GetString(), first.GetProperty("clientCount").GetInt32()));
            Assert.False(view.GetProperty("nodes")[2].TryGetProperty("cpuUsage", out _)); // java-1 reports none
        }

        [Fact]
        public async Task The_json_has_all_that_is_told_of_authority()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Wire(Views.WithVoters with { Nodes = [], Why = "a word" })));
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync("status", "--json", "--manager", manager.Address.ToString()));

            Assert.StartsWith(
                """{"manager":"manager-2","authority":"manager-1","holder":"10.0.0.1:9292","epoch":7,"since":754000,"why":"a word","count":5,"voters":[""" +
                """{"address":"10.0.0.1:9292","node":"manager-1","linked":true,"seen":200,"promised":7,"admitted":true,"silent":0,"lease":2400,"holder":"10.0.0.1:9292","epoch":7},""",
                console.Lines[0],
                StringComparison.Ordinal);
            Assert.EndsWith("""{"address":"10.0.0.5:9292","linked":false}],"nodes":[]}""", console.Lines[0], StringComparison.Ordinal);
        }

        [Fact]
        public async Task Without_an_authority_the_json_names_none()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Empty + "&authority="));
            var console = new CapturedConsole();

            await console.RunAsync("status", "--json", "--manager", manager.Address.ToString());

            Assert.Equal("""{"manager":"m","epoch":0,"count":0,"nodes":[]}""", console.Lines[0]);
        }

        [Fact]
        public async Task The_managers_are_tried_in_their_order()
        {
            await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Empty));
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync(
                "status", "--manager", ScriptedServer.Nobody().ToString(), "--manager", manager.Address.ToString()));

            Assert.Equal("manager m  no servers", console.Lines[0]);
        }

        [Fact]
        public async Task A_manager_that_is_not_there_is_a_sentence_and_exit_code_1()
        {
            var nobody = ScriptedServer.Nobody();
            var console = new CapturedConsole();

            Assert.Equal(1, await console.RunAsync("status", "--manager", nobody.ToString()));

            Assert.Empty(console.Output);
            Assert.Equal($"No manager answered: {nobody} refuses connections (is the server running, and is this its port?).\n", console.Errors);
        }

        [Fact]
        public async Task The_timeout_is_the_one_that_was_given()
        {
            var console = new CapturedConsole();
            await using var manager = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                console.Time.Advance(TimeSpan.FromSeconds(2.5));
                await connection.ReadToEndAsync();
            });

            Assert.Equal(1, await console.RunAsync("status", "--timeout", "2.5", "--manager", manager.Address.ToString()));

            Assert.Equal($"No manager answered: {manager.Address} did not answer within 2.5 s.\n", console.Errors);
        }

        [Fact]
        public async Task A_short_timeout_leaves_time_to_recognise_an_existing_CshBBrain_manager()
        {
            var console = new CapturedConsole();
            await using var manager = ScriptedServer.Start(
                async connection =>
                {
                    await connection.ReadHandshakeAsync();
                    console.Time.Advance(TimeSpan.FromSeconds(0.3));
                    await connection.ReadToEndAsync();
                },
                async connection =>
                {
                    await connection.SendAsync(ScriptedConnection.Response(await connection.ReadHandshakeAsync(), "protocol"));
                    await connection.FinishAsync();
                });

            Assert.Equal(1, await console.RunAsync("status", "--timeout", "0.9", "--manager", manager.Address.ToString()));

            Assert.Contains("it is an existing CshBBrain (Java) server", console.Errors, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Ctrl_C_ends_the_wait_without_a_word()
        {
            using var stop = new CancellationTokenSource();
            await using var manager = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await stop.CancelAsync();
                await connection.ReadToEndAsync();
            });
            var console = new CapturedConsole();

            Assert.Equal(1, await console.RunAsync(stop.Token, "status", "--manager", manager.Address.ToString()));

            Assert.Empty(console.Output + console.Errors);
        }
    }

    public class Watching
    {
        [Fact]
        public async Task It_survives_a_manager_that_is_away_and_ends_on_Ctrl_C_with_0()
        {
            using var stop = new CancellationTokenSource();
            var console = new CapturedConsole();
            await using var manager = ScriptedServer.Start(
                async connection =>
                {
                    await connection.AcceptAsync();
                    await connection.ReadTextAsync();
                    await connection.SendTextAsync(Mixed);
                    await connection.ReadTextAsync();
                    console.Time.Advance(TimeSpan.FromSeconds(3));
                },
                async connection =>
                {
                    // The kept link broke: this is the same look, dialed anew. The manager is still not itself.
                    await connection.AcceptAsync();
                    await connection.ReadTextAsync();
                    await connection.SendAsync([0x88, 0x00]);
                },
                async connection =>
                {
                    await connection.AcceptAsync();
                    await connection.ReadTextAsync();
                    await connection.SendTextAsync(Empty);
                    await connection.ReadTextAsync();
                    await stop.CancelAsync();
                    await connection.ReadToEndAsync();
                });

            Assert.Equal(0, await console.RunAsync(stop.Token, "status", "--watch", "--manager", manager.Address.ToString()));

            var heads = console.Lines.Where(line => line.StartsWith("manager ", StringComparison.Ordinal)).ToList();
            Assert.Equal(["manager manager-2", "manager manager-2", "manager m  no ser"], heads.Select(line => line[..17]));
            var notice = string.Join(' ', console.Lines);
            Assert.Contains($"Not reachable since 12:00:03, trying on. No manager answered: {manager.Address} closed the connection.", notice, StringComparison.Ordinal);
            Assert.Contains("This is the view of 12:00:00:", notice, StringComparison.Ordinal);
            Assert.Empty(console.Errors);
        }

        [Fact]
        public async Task As_json_each_view_is_a_line_and_what_goes_wrong_a_sentence_once()
        {
            using var stop = new CancellationTokenSource();
            static async Task Away(ScriptedConnection connection)
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendAsync([0x88, 0x00]);
            }

            await using var manager = ScriptedServer.Start(
                Away,
                Away,
                async connection =>
                {
                    await connection.AcceptAsync();
                    for (var i = 0; i < 2; i++)
                    {
                        await connection.ReadTextAsync();
                        await connection.SendTextAsync(Empty);
                    }

                    await connection.ReadTextAsync();
                    await stop.CancelAsync();
                    await connection.ReadToEndAsync();
                });
            var console = new CapturedConsole();

            Assert.Equal(0, await console.RunAsync(stop.Token, "status", "--watch", "--json", "--manager", manager.Address.ToString()));

            const string view = """{"manager":"m","epoch":0,"count":0,"nodes":[]}""";
            Assert.Equal([view, view, ""], console.Lines);
            Assert.Equal($"No manager answered: {manager.Address} closed the connection. Trying on.\n", console.Errors);
        }
    }

    private static string Wire(Protocol.Messages.ViewReply view) => Views.Wire(view);
}
