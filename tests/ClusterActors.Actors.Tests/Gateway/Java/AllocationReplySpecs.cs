using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.Java;

/// <summary>Setting <c>compat.allocationReply = cshbbrain</c>.</summary>
public sealed class AllocationReplySpecs
{
    [Fact]
    public async Task A_request_without_seq_is_answered_in_the_old_form_and_one_with_seq_in_ours()
    {
        await using var manager = await TestNode.StartManagerAsync("compat.allocationReply = cshbbrain");
        using var worker = await FramePeer.OpenAsync(manager.ClusterPort, host: "127.0.0.1:9999");
        await worker.AskAsync("action=1&node=w-1&port=7070&ports=7070&maxClientCount=100");
        await Fleet.ShowsAsync(manager.ClusterPort, "w-1", "up");
        using var client = await FramePeer.OpenAsync(manager.ClusterPort, "Protocol", "127.0.0.1");

        await client.SendAsync(Wire.Text("action=0"), Wire.Text("action=0&seq=1"));

        Assert.Equal("{ip:'127.0.0.1',port:7070}", await client.ReadTextAsync());
        Assert.Equal("7070", new Parameters(await client.ReadTextAsync())["port"]);
    }

    [Fact]
    public async Task A_refusal_is_one_of_ours()
    {
        await using var manager = await TestNode.StartManagerAsync("compat.allocationReply = cshbbrain");
        using var client = await FramePeer.OpenAsync(manager.ClusterPort);

        Assert.Equal("no-capacity", (await client.AskAsync("action=0"))["code"]);
    }
}
