using ClusterActors.Node.Tests.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Operator;

public class ReadmitCommandSpecs
{
    private static string View(params VoterView[] voters) => Views.Wire(new ViewReply(0, null, 7, "m-1", []) { Voters = voters });

    [Theory]
    [InlineData("m-3", false, "m-3 is admitted again: promised epoch 9, after 5,100 ms")]
    [InlineData("m-3", true, """{"node":"m-3","epoch":9,"took":5100}""")]
    [InlineData(null, false, " is admitted again: promised epoch 9, after 5,100 ms")] // by its address
    public async Task The_voter_itself_is_asked(string? node, bool json, string line)
    {
        await using var voter = ScriptedServer.Start(async connection =>
        {
            await connection.AcceptAsync();
            Assert.Matches("^action=72&seq=[0-9a-f]{24}&by=alice@ops-1$", await connection.ReadTextAsync());
            await connection.SendTextAsync("action=1000&epoch=9&took=5100");
            await connection.FinishAsync();
        });
        await using var manager = ScriptedServer.Start(
            connection => Managers.Reply(connection, View(new("10.0.0.1:9292") { Node = "m-1" }, new(voter.Address.ToString()) { Node = node })));
        var console = new CapturedConsole();
        var name = node ?? voter.Address.ToString();

        Assert.Equal(0, await console.RunAsync(["readmit", name, "--manager", manager.Address.ToString(), .. json ? ["--json"] : Array.Empty<string>()]));

        Assert.Equal((node is null ? name : "") + line + "\n", console.Output);
    }

    [Fact]
    public async Task A_refusal_is_exit_code_1()
    {
        await using var voter = ScriptedServer.Start(connection => Managers.Reply(connection, "action=2000&code=bad-request&msg=this voter is admitted"));
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, View(new VoterView(voter.Address.ToString()) { Node = "m-3" })));
        var console = new CapturedConsole();

        Assert.Equal(1, await console.RunAsync("readmit", "m-3", "--manager", manager.Address.ToString()));

        Assert.Equal($"m-3  refused (bad-request): this voter is admitted  (manager {voter.Address})\n", console.Errors);
    }

    [Fact]
    public async Task One_that_is_no_voter_is_told_who_are()
    {
        await using var manager = ScriptedServer.Start(
            connection => Managers.Reply(connection, View(new("10.0.0.1:9292") { Node = "m-1" }, new("10.0.0.2:9292"))));
        var console = new CapturedConsole();

        Assert.Equal(1, await console.RunAsync("readmit", "m-3", "--manager", manager.Address.ToString()));

        Assert.Equal("No voter is called m-3. The voters are m-1 (10.0.0.1:9292), 10.0.0.2:9292.\n", console.Errors);
    }

    [Fact]
    public async Task A_manager_that_tells_of_no_voters_is_no_help()
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, View()));
        var console = new CapturedConsole();

        Assert.Equal(1, await console.RunAsync("readmit", "m-3", "--manager", manager.Address.ToString()));

        Assert.Equal("The manager does not tell of any voters.\n", console.Errors);
    }
}
