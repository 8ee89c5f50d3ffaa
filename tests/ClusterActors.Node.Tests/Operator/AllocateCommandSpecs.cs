using ClusterActors.Node.Tests.Client;

namespace ClusterActors.Node.Tests.Operator;

public class AllocateCommandSpecs
{
    private const string Alpha = "action=1000&ip=10.0.0.7&port=9090&node=alpha&lease=tok_1&expires=10";
    private const string Bravo = "action=1000&ip=10.0.0.8&port=9090&node=bravo&lease=tok_2&expires=10";
    private const string Candidates =
        """explain=[{"node":"bravo","state":"up","load":0.5,"cpuUsage":20,"leases":2,"reason":"not picked by the draw"},{"node":"alpha","state":"up","load":0.25,"leases":0,"chosen":true,"reason":"chosen: the lowest"},{"node":"charlie","state":"late","leases":0,"reason":"no report for 4 s"}]""";

    [Fact]
    public async Task It_prints_the_worker_and_the_lease()
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Alpha));
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("allocate", "--manager", manager.Address.ToString()));

        Assert.Equal("alpha  10.0.0.7:9090  lease tok_1 (expires in 10 s)\n", console.Output);
    }

    [Fact]
    public async Task It_sends_the_key()
    {
        await using var manager = ScriptedServer.Start(async connection =>
        {
            await connection.AcceptAsync();
            Assert.Equal("action=0&seq=1&key=customer 7", await connection.ReadTextAsync());
            await connection.SendTextAsync(Alpha);
            await connection.FinishAsync();
        });

        Assert.Equal(0, await new CapturedConsole().RunAsync("allocate", "--key", "customer 7", "--manager", manager.Address.ToString()));
        await manager.PlayedAsync();
    }

    [Fact]
    public async Task Explained_it_lists_every_candidate_and_marks_the_chosen()
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, $"{Alpha}&{Candidates}"));
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("allocate", "--explain", "--manager", manager.Address.ToString()));

        Assert.Equal(
            [
                "alpha  10.0.0.7:9090  lease tok_1 (expires in 10 s)",
                "   node     state  load   cpu  leases  reason",
                "*  alpha    up     25 %     -       0  chosen: the lowest",
                "   bravo    up     50 %  20 %       2  not picked by the draw",
                "   charlie  late      -     -       0  no report for 4 s",
                "",
            ],
            console.Lines);
    }

    [Fact]
    public async Task The_json_has_the_epoch_of_the_authority_when_it_is_told()
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, $"{Alpha}&epoch=8"));
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("allocate", "--json", "--manager", manager.Address.ToString()));

        Assert.EndsWith(""","expires":10,"epoch":8}""", console.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_summed_up_per_worker()
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Bravo, Alpha, Bravo, Bravo));
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("allocate", "--count", "4", "--manager", manager.Address.ToString()));

        Assert.Equal(["4 allocations to 2 workers", "alpha  1  25 %", "bravo  3  75 %", ""], console.Lines);
    }

    [Fact]
    public async Task As_json_each_is_a_line()
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, Alpha, Bravo));
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("allocate", "--count", "2", "--json", "--manager", manager.Address.ToString()));

        Assert.Equal(
            [
                """{"node":"alpha","ip":"10.0.0.7","port":9090,"lease":"tok_1","expires":10}""",
                """{"node":"bravo","ip":"10.0.0.8","port":9090,"lease":"tok_2","expires":10}""",
                "",
            ],
            console.Lines);
    }

    [Fact]
    public async Task A_refusal_is_its_code_and_sentence_and_exit_code_1_after_what_was_allocated()
    {
        await using var manager = ScriptedServer.Start(connection =>
            Managers.Reply(connection, Alpha, $"action=2000&code=no-capacity&msg=no worker has room&{Candidates}"));
        var console = new CapturedConsole();

        Assert.Equal(1, await console.RunAsync("allocate", "--count", "5", "--explain", "--manager", manager.Address.ToString()));

        Assert.Equal("1 allocations to 1 worker", console.Lines[0]);
        Assert.Contains("charlie", console.Output, StringComparison.Ordinal);
        Assert.Equal($"The manager at {manager.Address} refused (no-capacity): no worker has room.\n", console.Errors);
    }

    [Fact]
    public async Task A_refusal_stays_on_one_line()
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, "action=2000&code=internal&msg=a%0Ab%1Bc"));
        var console = new CapturedConsole();

        Assert.Equal(1, await console.RunAsync("allocate", "--manager", manager.Address.ToString()));

        Assert.Equal($"The manager at {manager.Address} refused (internal): a?b?c.\n", console.Errors);
    }

    [Fact]
    public async Task A_refusal_as_json_is_an_object_too()
    {
        await using var manager = ScriptedServer.Start(connection => Managers.Reply(connection, "action=2000&code=no-capacity&msg=no worker has room"));
        var console = new CapturedConsole();

        Assert.Equal(1, await console.RunAsync("allocate", "--json", "--manager", manager.Address.ToString()));

        Assert.Equal("""{"code":"no-capacity","msg":"no worker has room"}""", console.Lines[0]);
        Assert.NotEmpty(console.Errors);
    }
}
