using ClusterActors.Node.Tests.Client;

namespace ClusterActors.Node.Tests.Operator;

public class CommandCommandSpecs
{
    public static TheoryData<string[], string, string, string> Verbs => new()
    {
        { ["add-workers", "2"], "action=2&count=2", "before=2&after=4&took=12", "w-1  worker threads 2 -> 4  (12 ms)" },
        { ["remove-workers", "1"], "action=3&count=1", "before=4&after=3&took=1000.5&finishing=1", "w-1  worker threads 4 -> 3  (1,000.5 ms; 1 still finishing what they have)" },
        { ["add-reader-writers", "1"], "action=4&count=1", "before=1&after=2&took=0.30", "w-1  reader-writers 1 -> 2  (0.3 ms)" },
        { ["remove-reader-writers", "3"], "action=5&count=3", "before=4&after=1&took=0", "w-1  reader-writers 4 -> 1  (0 ms)" },
        { ["open-port", "9091"], "action=7&port=9091", "before=9090&after=9090,9091&took=1&kept=0", "w-1  ports 9090 -> 9090,9091  (1 ms; could not be written to disk: a restart forgets it)" },
        { ["close-port", "9091"], "action=8&port=9091", "before=9091&after=&took=1", "w-1  ports 9091 -> none  (1 ms)" },
        { ["close-port", "9091", "--drain", "5"], "action=8&port=9091&drain=5", "before=9091&after=&took=1", "w-1  ports 9091 -> none  (1 ms)" },
        { ["add-reader-writers", "2"], "action=4&count=2", "node=w-1", "w-1  add-reader-writers 2: done" }, // an existing CshBBrain server
    };

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task It_is_sent_with_who_orders_it_and_its_outcome_is_a_line(string[] verb, string sent, string values, string line)
    {
        ArgumentNullException.ThrowIfNull(verb);
        ArgumentNullException.ThrowIfNull(sent);
        var request = "";
        await using var manager = ScriptedServer.Start(async connection =>
        {
            await connection.AcceptAsync();
            request = await connection.ReadTextAsync();
            await connection.SendTextAsync($"action=1000&{values}");
            await connection.FinishAsync();
        });
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync(["command", "w-1", .. verb, "--manager", manager.Address.ToString()]));

        Assert.Equal(line + "\n", console.Output);
        var parts = sent.Split('&', 2);
        Assert.Matches($"^{parts[0]}&seq=[0-9a-f]{{24}}&{parts[1]}&node=w-1&by=alice@ops-1$", request);
    }

    [Fact]
    public async Task The_outcome_of_a_command_is_asked_for_with_its_seq()
    {
        await using var manager = ScriptedServer.Start(async connection =>
        {
            await connection.AcceptAsync();
            Assert.Equal("action=2&seq=t_1&count=2&node=w-1&by=alice@ops-1", await connection.ReadTextAsync());
            await connection.SendTextAsync("action=1000&seq=t_1&before=2&after=4");
            await connection.FinishAsync();
        });
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("command", "w-1", "add-workers", "2", "--seq", "t_1", "--manager", manager.Address.ToString()));

        Assert.Equal("w-1  worker threads 2 -> 4\n", console.Output);
    }

    [Theory]
    [InlineData("before=2&after=4&took=0.25", "add-workers", """:2,"after":4,"took":0.25}""")]
    [InlineData("before=9090&after=&took=0&finishing=2&kept=0", "open-port", """:[9090],"after":[],"took":0,"finishing":2,"kept":0}""")]
    [InlineData("before=x&after=80,y", "open-port", """:"x","after":"80,y"}""")]
    public async Task As_json_it_is_an_object(string values, string verb, string end)
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, $"action=1000&{values}"));
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("command", "w-1", verb, "2", "--seq", "t", "--json", "--manager", manager.Address.ToString()));

        Assert.Equal($$"""{"node":"w-1","command":"{{verb}} 2","seq":"t","before"{{end}}""", console.Lines[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_is_its_code_and_sentence_and_exit_code_1(bool json)
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, "action=2000&code=port-in-use&msg=port 80 is taken&node=w-1"));
        var console = new CapturedConsole();

        Assert.Equal(1, await console.RunAsync(["command", "w-1", "open-port", "80", "--manager", manager.Address.ToString(), .. json ? ["--json"] : Array.Empty<string>()]));

        Assert.Equal($"w-1  refused (port-in-use): port 80 is taken  (manager {manager.Address})\n", console.Errors);
        Assert.Equal(json ? """{"node":"w-1","code":"port-in-use","msg":"port 80 is taken"}""" : "", console.Lines[0]);
    }

    [Fact]
    public async Task An_existing_CshBBrain_manager_passes_nothing_on()
    {
        await using var manager = ScriptedServer.Start(
            connection => connection.ReadHandshakeAsync(),
            async connection =>
            {
                await connection.SendAsync(ScriptedConnection.Response(await connection.ReadHandshakeAsync(), "protocol"));
                await connection.FinishAsync();
            });
        var console = new CapturedConsole();

        Assert.Equal(1, await console.RunAsync("command", "w-1", "add-workers", "1", "--manager", manager.Address.ToString()));

        Assert.Contains("passes no commands on", console.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_is_longer_than_that_of_a_question_unless_it_is_given()
    {
        var console = new CapturedConsole();
        var commands = 0;
        async Task Silent(ScriptedConnection connection)
        {
            await connection.AcceptAsync();
            await connection.ReadTextAsync();
            commands++;
            console.Time.Advance(TimeSpan.FromSeconds(14.9));
            console.Time.Advance(TimeSpan.FromSeconds(0.1));
            await connection.ReadToEndAsync();
        }

        await using var manager = ScriptedServer.Start(Silent, Silent);

        Assert.Equal(1, await console.RunAsync("command", "w-1", "add-workers", "1", "--seq", "t", "--manager", manager.Address.ToString()));

        Assert.Equal(2, commands);
        Assert.Equal(
            $"No manager answered: {manager.Address} did not answer within 15 s. "
            + "The command may have been executed by w-1 all the same: the same again with seq t asks for its outcome.\n",
            console.Errors);
    }
}
