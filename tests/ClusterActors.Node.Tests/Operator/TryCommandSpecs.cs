using ClusterActors.Client;
using ClusterActors.Node.Tests.Client;

namespace ClusterActors.Node.Tests.Operator;

public class TryCommandSpecs
{
    [Fact]
    public async Task It_shows_the_worker_the_line_and_the_answer()
    {
        await using var worker = ScriptedServer.Start(Echo);
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, worker.Address));
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("try", "hello you", "--manager", manager.Address.ToString()));

        Assert.Equal(
            [$"alpha  {worker.Address}  lease tok_1 (expires in 10 s)", "> hello you", "< hello you   (0.0 ms)", ""],
            console.Lines);
    }

    [Fact]
    public async Task An_answer_does_not_steer_the_terminal()
    {
        await using var worker = ScriptedServer.Start(async connection =>
        {
            await connection.AcceptAsync();
            await connection.ReadTextAsync();
            await connection.SendTextAsync("\u001b[2Jgone\r\n\u009b");
            await connection.FinishAsync();
        });
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, worker.Address));
        var console = new CapturedConsole();

        await console.RunAsync("try", "--manager", manager.Address.ToString());

        Assert.Equal("< ?[2Jgone???   (0.0 ms)", console.Lines[2]);
    }

    [Fact]
    public async Task Several_are_summed_up_per_worker_each_on_a_connection_of_its_own()
    {
        await using var worker = ScriptedServer.Start(Echo, Echo, Echo);
        await using var manager = ScriptedServer.Start(connection => AllocateThrice(connection, worker.Address));
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("try", "--count", "3", "--manager", manager.Address.ToString()));
        await worker.PlayedAsync();

        Assert.Equal(
            ["3 answers to 1 worker", "alpha  3  100 %", "answered after 0.0 ms in the middle, 0.0 ms at most", ""],
            console.Lines);
    }

    [Fact]
    public async Task As_json_it_is_an_object()
    {
        await using var worker = ScriptedServer.Start(Echo);
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, worker.Address));
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("try", "--json", "--manager", manager.Address.ToString()));

        Assert.Equal(
            $$"""{"node":"alpha","ip":"127.0.0.1","port":{{worker.Address.Port}},"lease":"tok_1","expires":10,"sent":"hello","received":"hello","milliseconds":0}""",
            console.Lines[0]);
    }

    [Fact]
    public async Task A_worker_that_is_gone_is_a_sentence_and_exit_code_1()
    {
        var nobody = ScriptedServer.Nobody();
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, nobody));
        var console = new CapturedConsole();

        Assert.Equal(1, await console.RunAsync("try", "--manager", manager.Address.ToString()));

        Assert.Empty(console.Output);
        Assert.Equal($"The worker at {nobody} refuses connections (is the server running, and is this its port?).\n", console.Errors);
    }

    [Fact]
    public async Task A_worker_that_does_not_answer_is_a_sentence_and_exit_code_1()
    {
        var console = new CapturedConsole();
        await using var worker = ScriptedServer.Start(async connection =>
        {
            await connection.AcceptAsync();
            await connection.ReadTextAsync();
            console.Time.Advance(TimeSpan.FromSeconds(5));
            await connection.FinishAsync();
        });
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, worker.Address));

        Assert.Equal(1, await console.RunAsync("try", "--manager", manager.Address.ToString()));

        Assert.Equal(
            $"The worker at {worker.Address} took the message but sent nothing back within 5 s (its handler may have no answer to it).\n",
            console.Errors);
    }

    private static async Task Echo(ScriptedConnection connection)
    {
        Assert.Equal("tok_1", (await connection.AcceptAsync())["Lease"]);
        await connection.SendTextAsync(await connection.ReadTextAsync());
        await connection.FinishAsync();
    }

    private static Task AllocateThrice(ScriptedConnection connection, ServerAddress worker)
    {
        var reply = $"action=1000&ip={worker.Host}&port={worker.Port}&node=alpha&lease=tok_1&expires=10";
        return Managers.Reply(connection, reply, reply, reply);
    }
}
