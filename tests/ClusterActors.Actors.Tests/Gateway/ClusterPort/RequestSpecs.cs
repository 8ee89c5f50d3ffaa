using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

public sealed class RequestSpecs(ManagerFixture manager) : IClassFixture<ManagerFixture>
{
    [Theory]
    [InlineData("action=1", "action=1000")]
    [InlineData("action=1&seq=1", "action=1000&seq=1")]
    [InlineData("action=1&seq=", "action=1000&seq=")] // an empty seq is one
    [InlineData("seq=x%26y&action=1", "action=1000&seq=x%26y")]
    public async Task A_report_is_answered_as_done(string report, string reply)
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendTextAsync(report);

        Assert.Equal(reply, await peer.ReadTextAsync());
    }

    [Fact]
    public async Task The_answer_to_a_report_is_these_thirteen_bytes()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendTextAsync("action=1&clientCount=5");

        Assert.Equal([0x81, 0x0b, .. "action=1000"u8], await peer.Tcp.ReadExactlyAsync(13));
    }

    [Fact]
    public async Task Requests_of_one_segment_are_answered_in_their_order_with_and_without_seq()
    {
        using var worker = await ReportingAsync("order-1", port: 7101);
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync(
            Wire.Text("action=1&node=order-2&seq=a"),
            Wire.Text("action=9&seq=b"),
            Wire.Text("action=0"),
            Wire.Text("action=1&node=order-2"),
            Wire.Text("action=0&seq=c"),
            Wire.Text("action=12"),
            Wire.Text("action=9"),
            Wire.Text("action=1&node=order-2&seq=d"));

        Assert.Equal("action=1000&seq=a", await peer.ReadTextAsync());
        var view = new Parameters(await peer.ReadTextAsync());
        Assert.Equal(("1000", "b"), (view["action"], view["seq"]));
        var first = new Parameters(await peer.ReadTextAsync());
        Assert.Equal(("1000", "order-1", "7101", null), (first["action"], first["node"], first["port"], first.Find("seq")));
        Assert.Equal("action=1000", await peer.ReadTextAsync());
        var second = new Parameters(await peer.ReadTextAsync());
        Assert.Equal(("order-1", "c"), (second["node"], second["seq"]));
        Assert.NotEqual(first["lease"], second["lease"]);
        Assert.Equal("unknown-action", new Parameters(await peer.ReadTextAsync())["code"]);
        Assert.NotNull(new Parameters(await peer.ReadTextAsync()).Find("nodes"));
        Assert.Equal("action=1000&seq=d", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task What_a_link_reported_before_its_question_is_in_the_answer()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync(Wire.Text("action=1&node=just-now"), Wire.Text("action=9"));

        Assert.Equal("action=1000", await peer.ReadTextAsync());
        Assert.Contains("just-now", new Parameters(await peer.ReadTextAsync())["nodes"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "bad-request")] // nothing at all
    [InlineData("hello", "bad-request")] // no parameters
    [InlineData("action=", "bad-request")]
    [InlineData("action=abc", "bad-request")] // no number
    [InlineData("action=-1", "bad-request")]
    [InlineData("action=1&action=1", "bad-request")] // a name twice
    [InlineData("key=1", "bad-request")] // no action
    [InlineData("action=1&clientCount=many", "bad-request")] // a count that is none
    [InlineData("action=1&port=70000", "bad-request")] // no port
    [InlineData("action=0&key=", "bad-request")] // an empty key
    [InlineData("action=9&x=%zz", "bad-request")] // a bad escape, in a name nobody knows
    [InlineData("action=2&node=w", "bad-request")] // a command without its number
    [InlineData("action=2&count=1", "bad-request")] // a command for nobody
    [InlineData("action=2&count=1&node=nobody", "unknown-node")]
    [InlineData("action=31&content=x", "unknown-action")] // planned
    [InlineData("action=999999999", "unknown-action")]
    public async Task A_bad_message_is_answered_with_2000_and_the_link_stays_open(string message, string code)
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        var refused = await peer.AskAsync(message);

        Assert.Equal(("2000", code), (refused["action"], refused["code"]));
        Assert.NotEmpty(refused["msg"]);
        Assert.Equal("action=1000", (await peer.AskAsync("action=1")).Text);
    }

    [Fact]
    public async Task A_bad_message_is_answered_with_its_seq()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        Assert.Equal("mine", (await peer.AskAsync("action=abc&seq=mine"))["seq"]);
    }

    [Fact]
    public async Task A_binary_message_is_answered_with_2000_and_the_link_stays_open()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync(Wire.Frame(Wire.BinaryOpcode, "action=9"u8));

        Assert.Equal("bad-request", new Parameters(await peer.ReadTextAsync())["code"]);
        Assert.Equal("1000", (await peer.AskAsync("action=9"))["action"]);
    }

    [Theory]
    [InlineData("action=1000")]
    [InlineData("action=1000&seq=1&x=y")]
    [InlineData("action=2000&code=internal&msg=no")]
    [InlineData("action=2000&code=internal&code=twice")] // not even a bad one
    public async Task A_reply_is_never_answered(string reply)
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync(Wire.Text(reply), Wire.Text("action=1&seq=next"));

        Assert.Equal("action=1000&seq=next", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task A_message_may_be_masked_or_in_fragments()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync(
            Wire.Masked("action=1&seq=m"),
            Wire.Frame(Wire.TextOpcode, "action=1"u8, fin: false),
            Wire.Frame(0, "&seq="u8, fin: false),
            Wire.Frame(0, "f"u8));

        Assert.Equal("action=1000&seq=m", await peer.ReadTextAsync());
        Assert.Equal("action=1000&seq=f", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task An_allocation_names_the_worker_the_lease_and_its_time()
    {
        using var worker = await ReportingAsync("lease-1", port: 7102);
        using var peer = await FramePeer.OpenAsync(manager.Port);

        var reply = await AllocateAsync(peer, "lease-1");

        Assert.Equal(["action", "ip", "port", "node", "lease", "expires", "epoch"], reply.Names);
        Assert.Equal(("127.0.0.1", "7102", "10", "1"), (reply["ip"], reply["port"], reply["expires"], reply["epoch"]));
        Assert.Matches("^[A-Za-z0-9_-]{22}$", reply["lease"]);
    }

    [Fact]
    public async Task An_allocation_is_explained_when_that_is_asked_for()
    {
        using var worker = await ReportingAsync("why-1", port: 7103);
        using var peer = await FramePeer.OpenAsync(manager.Port);

        var reply = await peer.AskAsync("action=0&explain=1&seq=e");

        Assert.Equal("e", reply["seq"]);
        Assert.Contains("\"node\":\"why-1\"", reply["explain"], StringComparison.Ordinal);
    }

    private static async Task<Parameters> AllocateAsync(FramePeer peer, string node)
    {
        // Other specs have workers here too, so the key that leads to this one is searched for.
        for (var key = 0; key < 200; key++)
        {
            var reply = await peer.AskAsync($"action=0&key=k{key}");
            if (reply["node"] == node)
                return reply;
        }

        throw new InvalidOperationException($"no key of 200 led to {node}");
    }

    private async Task<FramePeer> ReportingAsync(string node, int port)
    {
        var worker = await FramePeer.OpenAsync(manager.Port, host: "127.0.0.1:9999");
        await worker.AskAsync($"action=1&node={node}&role=1&port={port}&ports={port}&maxClientCount=100000");
        await Fleet.ShowsAsync(manager.Port, node, "up");
        return worker;
    }
}
