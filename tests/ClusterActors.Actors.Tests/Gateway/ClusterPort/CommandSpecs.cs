using System.Text.Json;
using ClusterActors.Actors.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

/// <summary>A whole manager between an operator and workers, both of them bare links.</summary>
public sealed class CommandSpecs : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private TestNode? _manager;
    private Parameters? _holder;

    private int Port => _manager!.ClusterPort;

    public async Task InitializeAsync() => _manager = await TestNode.StartManagerAsync(time: _time);

    public async Task DisposeAsync() => await _manager!.DisposeAsync();

    [Fact]
    public async Task A_command_is_executed_by_the_worker_and_answered_to_the_operator()
    {
        using var worker = await ReportingAsync("w-1");
        using var @operator = await FramePeer.OpenAsync(Port);

        await @operator.SendTextAsync("action=2&count=2&node=w-1&seq=t_1&by=alice@ops-1");
        Assert.Equal($"action=2&seq=t_1&count=2&epoch=1&from=127.0.0.1:{Port}&run={_holder!["run"]}&by=alice@ops-1 (127.0.0.1)", await worker.ReadTextAsync());
        await worker.SendTextAsync("action=1000&seq=t_1&before=2&after=4&took=0.25");

        Assert.Equal("action=1000&seq=t_1&before=2&after=4&took=0.25&node=w-1", await @operator.ReadTextAsync());
        await _manager!.HasLoggedAsync("audit: add-workers 2 for w-1 by alice@ops-1 from 127.0.0.1, seq t_1: 2 -> 4 after ");
    }

    [Fact]
    public async Task A_worker_that_has_not_acknowledged_the_holder_gets_none()
    {
        using var worker = await FramePeer.OpenAsync(Port, host: "127.0.0.1:9999");
        await worker.AskAsync(Report("w-1"));
        await Fleet.ShowsAsync(Port, "w-1", "up");
        using var @operator = await FramePeer.OpenAsync(Port);

        var refused = await @operator.AskAsync("action=2&count=2&node=w-1&seq=t_1");
        Assert.Equal(("unreachable", "t_1"), (refused["code"], refused["seq"]));
        Assert.Contains("has not acknowledged this holder", refused["msg"], StringComparison.Ordinal);

        await worker.JoinAsync();
        await @operator.SendTextAsync("action=2&count=2&node=w-1&seq=t_2");
        Assert.Equal("t_2", new Parameters(await worker.ReadTextAsync())["seq"]);
    }

    [Fact]
    public async Task An_operators_seq_may_be_that_of_our_own_news()
    {
        const string seq = "authority";
        using var worker = await ReportingAsync("w-1");
        using var @operator = await FramePeer.OpenAsync(Port);
        await @operator.SendTextAsync($"action=2&count=2&node=w-1&seq={seq}");
        await worker.ReadTextAsync();

        await worker.SendTextAsync($"action=1000&seq={seq}&after=4");

        Assert.Equal((seq, "4"), new Parameters(await @operator.ReadTextAsync()) is var reply ? (reply["seq"], reply["after"]) : default);
    }

    [Fact]
    public async Task Reports_and_commands_share_the_link()
    {
        using var worker = await ReportingAsync("w-1");
        using var @operator = await FramePeer.OpenAsync(Port);

        await @operator.SendTextAsync("action=4&count=1&node=w-1&seq=t_1");
        await worker.ReadTextAsync();
        Assert.Equal("action=1000", (await worker.AskAsync(Report("w-1", clients: 7))).Text);
        await worker.SendAsync(Wire.Text("action=1000&seq=t_1&before=1&after=2"), Wire.Text(Report("w-1", clients: 8)));

        Assert.Equal("action=1000", await worker.ReadTextAsync());
        Assert.Equal("2", new Parameters(await @operator.ReadTextAsync())["after"]);
    }

    [Fact]
    public async Task A_drained_worker_gets_nobody_from_its_answer_on_and_shows_what_is_left()
    {
        using var worker = await ReportingAsync("w-1");
        using var client = await FramePeer.OpenAsync(Port);
        Assert.Equal("w-1", (await client.AskAsync("action=0"))["node"]);
        using var @operator = await FramePeer.OpenAsync(Port);

        await @operator.SendTextAsync("action=10&on=1&node=w-1&seq=d");
        await worker.ReadTextAsync();
        await worker.SendTextAsync("action=1000&seq=d&before=0&after=1&clients=3");
        Assert.Equal("3", new Parameters(await @operator.ReadTextAsync())["clients"]);

        Assert.Equal("no-capacity", (await client.AskAsync("action=0"))["code"]);
        var view = (await Fleet.FindAsync(Port, "w-1"))!.Value;
        Assert.Equal(
            ("draining", 3, 1, 1),
            (view.GetProperty("state").GetString(), Number(view, "clientCount"), Number(view, "draining"), Number(view, "outstandingLeases")));
    }

    [Fact]
    public async Task A_worker_that_says_nothing_is_a_timeout_and_takes_the_next_command()
    {
        using var worker = await ReportingAsync("w-1");
        using var @operator = await FramePeer.OpenAsync(Port);

        await @operator.SendTextAsync("action=3&count=1&node=w-1&seq=t_1");
        await worker.ReadTextAsync();
        var refused = new Parameters(await _time.UntilAsync(@operator.ReadTextAsync()));
        Assert.Equal(("timeout", "t_1"), (refused["code"], refused["seq"]));
        Assert.Contains("the same again with seq t_1 asks for its outcome", refused["msg"], StringComparison.Ordinal);

        // The same again, and the worker answers it.
        await @operator.SendTextAsync("action=3&count=1&node=w-1&seq=t_1");
        Assert.Equal($"action=3&seq=t_1&count=1&epoch=1&from=127.0.0.1:{Port}&run={_holder!["run"]}&by=anonymous (127.0.0.1)", await worker.ReadTextAsync());
        await worker.SendTextAsync("action=1000&seq=t_1&before=2&after=1");

        Assert.Equal("1", new Parameters(await @operator.ReadTextAsync())["after"]);
    }

    [Fact]
    public async Task A_worker_that_is_lost_meanwhile_is_unreachable()
    {
        var worker = await ReportingAsync("w-1");
        using var @operator = await FramePeer.OpenAsync(Port);
        await @operator.SendTextAsync("action=3&count=1&node=w-1");
        await worker.ReadTextAsync();

        worker.Dispose();
        Assert.Equal("unreachable", new Parameters(await @operator.ReadTextAsync())["code"]);

        await Fleet.ShowsAsync(Port, "w-1", "unreachable");
        Assert.Equal("unreachable", (await @operator.AskAsync("action=3&count=1&node=w-1"))["code"]);
    }

    [Fact]
    public async Task Commands_of_several_operators_reach_a_worker_one_by_one()
    {
        using var worker = await ReportingAsync("w-1");
        var operators = new List<FramePeer>();
        for (var i = 0; i < 5; i++)
        {
            operators.Add(await FramePeer.OpenAsync(Port));
            await operators[i].SendTextAsync($"action=2&count={i + 1}&node=w-1&seq=s{i}");
        }

        var served = new List<string>();
        for (var i = 0; i < operators.Count; i++)
        {
            var command = new Parameters(await worker.ReadTextAsync());
            Assert.Equal(0, worker.Tcp.Socket.Available);
            served.Add(command["seq"]);
            await worker.SendTextAsync($"action=1000&seq={command["seq"]}&after={command["count"]}");
        }

        Assert.Equal(["s0", "s1", "s2", "s3", "s4"], served.Order());
        for (var i = 0; i < operators.Count; i++)
        {
            Assert.Equal($"{i + 1}", new Parameters(await operators[i].ReadTextAsync())["after"]);
            operators[i].Dispose();
        }
    }

    [Fact]
    public async Task An_operator_that_leaves_before_the_answer_harms_nobody()
    {
        using var worker = await ReportingAsync("w-1");
        using (var gone = await FramePeer.OpenAsync(Port))
        {
            await gone.SendTextAsync("action=2&count=1&node=w-1&seq=a");
            await worker.ReadTextAsync();
        }

        await worker.SendTextAsync("action=1000&seq=a");
        using var @operator = await FramePeer.OpenAsync(Port);
        await @operator.SendTextAsync("action=2&count=1&node=w-1&seq=b");
        Assert.Equal("b", new Parameters(await worker.ReadTextAsync())["seq"]);
        await worker.SendTextAsync("action=1000&seq=b");

        Assert.Equal("action=1000&seq=b&node=w-1", await @operator.ReadTextAsync());
    }

    [Fact]
    public async Task The_business_port_of_a_manager_takes_none()
    {
        using var worker = await ReportingAsync("w-1");
        using var client = await FramePeer.OpenAsync(_manager!.BusinessPort);

        var refused = await client.AskAsync("action=10&on=1&node=w-1&seq=x&by=eve");

        Assert.Equal(("not-authorized", "x"), (refused["code"], refused["seq"]));
        Assert.Contains("cluster port", refused["msg"], StringComparison.Ordinal);
        await _manager.HasLoggedAsync("audit: drain for w-1 by eve from 127.0.0.1: not done, not-authorized: ");
        Assert.Equal("1000", (await client.AskAsync("action=9"))["action"]);
    }

    private static int Number(JsonElement view, string name) => view.GetProperty(name).GetInt32();

    private static string Report(string node, int clients = 0) =>
        $"action=1&node={node}&role=1&port=7070&ports=7070&maxClientCount=100&clientCount={clients}";

    private async Task<FramePeer> ReportingAsync(string node)
    {
        var worker = await FramePeer.OpenAsync(Port, host: "127.0.0.1:9999");
        await worker.AskAsync(Report(node));
        _holder = await worker.JoinAsync();
        await Fleet.ShowsAsync(Port, node, "up");
        return worker;
    }
}
