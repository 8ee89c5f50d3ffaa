using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Store.Files;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Commands;

/// <summary>A worker takes no new allocations and serves whom it has (action 10).</summary>
public sealed class DrainCommandSpecs
{
    [Fact]
    public async Task It_is_reported_at_once_and_can_be_taken_back()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.handler = echo");

        Assert.Equal(("0", "1"), await worker.DoAsync("action=10&on=1"));
        await worker.ReportAsync("draining", "1");
        Assert.Equal(("1", "1"), await worker.DoAsync("action=10&on=1"));
        Assert.Equal(("1", "0"), await worker.DoAsync("action=10&on=0"));
        await worker.ReportAsync("draining", "0");
    }

    [Fact]
    public async Task Clients_are_served_on_and_the_reply_says_how_many_are_left()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.handler = echo");
        using var before = await FramePeer.OpenAsync(worker.Node.BusinessPort);

        Assert.Equal("1", (await worker.CommandAsync("action=10&on=1"))["clients"]);

        // Its lease was given in the moment before.
        using var late = await FramePeer.OpenAsync(worker.Node.BusinessPort, lease: "given-before");
        foreach (var client in (FramePeer[])[before, late])
        {
            await client.SendTextAsync("still served");
            Assert.Equal("still served", await client.ReadTextAsync());
        }

        Assert.Equal("2", (await worker.CommandAsync("action=10&on=1"))["clients"]);
    }

    [Fact]
    public async Task A_manager_gives_it_to_nobody_while_it_drains()
    {
        await using var node = await TestNode.StartAsync("worker.handler = echo");
        await Fleet.ShowsAsync(node.ClusterPort, "node-1", "up");
        var commands = Akka.Hosting.ActorRegistry.For(node.System).Get<Actors.Worker.Commands.CommandActor>();
        var link = new ScriptedActor(node.System, "link");
        var fence = await FenceAsync(node);

        commands.Tell(
            new CommandEvents.Received(
                new Protocol.Messages.CommandRequest(new Protocol.Messages.ServerCommand.Drain(true)) { Epoch = fence.Epoch, From = fence.Holder!.Value.Node, Run = fence.Holder.Value.Run },
                "test"),
            link.Ref);

        Assert.True((await link.NextAsync<CommandEvents.Answered>()).Message.Reply.IsDone);
        await Fleet.ShowsAsync(node.ClusterPort, "node-1", "draining");
        using var client = await FramePeer.OpenAsync(node.ClusterPort);
        Assert.Equal("no-capacity", (await client.AskAsync("action=0"))["code"]);
    }

    /// <summary>Who commands the worker of this node: its own manager, once it has taken it.</summary>
    private static async Task<Fence> FenceAsync(TestNode node)
    {
        Fence? fence = null;
        var file = new FenceFile(node.Settings.DataDirectory, node.Settings.Node);
        await Eventually.HoldsAsync(
            () => (fence = (file.Load() as Stored<Fence>.Found)?.Value) is { Holder: not null }, "the manager has taken the worker");
        return fence!;
    }
}
