using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Commands;

/// <summary>Commands and their answers on the link to a manager.</summary>
public sealed class CommandLinkSpecs
{
    [Fact]
    public async Task A_command_that_was_executed_is_answered_again_also_over_another_link()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 2");
        var first = await worker.CommandAsync("action=2&count=2&seq=s-1&by=ann");

        var again = await worker.CommandAsync("action=2&count=2&seq=s-1&by=ann");
        await worker.RelinkAsync();
        var elsewhere = await worker.CommandAsync("action=2&count=2&seq=s-1&by=ann");

        Assert.Equal(("4", "s-1"), (first["after"], first["seq"]));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Text, elsewhere.Text);
        Assert.Equal(("4", "5"), await worker.DoAsync("action=2&count=1&seq=s-2&by=ann"));
        await worker.Node.HasLoggedAsync("seq s-1: before 2, after 4");
        await worker.Node.HasLoggedAsync("repeated: executed once, answered again");
    }

    [Fact]
    public async Task A_link_that_is_lost_before_the_answer_misses_it_and_the_next_one_gets_it()
    {
        var release = new TaskCompletionSource();
        var handler = new ScriptedHandler(neverBlocks: false) { Message = (_, _) => release.Task.Wait(Eventually.Limit) };
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 2", handler);
        using var client = await FramePeer.OpenAsync(worker.Node.BusinessPort);
        using var blocked = await FramePeer.OpenAsync(worker.Node.BusinessPort);
        foreach (var each in (FramePeer[])[client, blocked])
            await each.SendTextAsync("block");
        await Eventually.EqualsAsync(4, () => handler.Journal.Count, "calls");
        await worker.Link.SendTextAsync(CommandedWorker.Sign("action=3&count=1&seq=s&by=ann"));
        worker.Link.Tcp.Reset();
        await worker.RelinkAsync();

        await worker.Link.SendTextAsync(CommandedWorker.Sign("action=3&count=1&seq=s&by=ann"));
        release.SetResult();

        var reply = await worker.ReplyAsync();
        Assert.Equal(("2", "1"), (reply["before"], reply["after"]));
    }

    [Fact]
    public async Task A_seq_is_used_for_one_command_only()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 2");
        await worker.DoAsync("action=2&count=2&seq=s");

        Assert.Equal(
            ("bad-request", "seq s was used for add-workers 2; a new command needs a seq of its own"),
            await worker.RefusedAsync("action=2&count=3&seq=s"));
    }

    [Fact]
    public async Task A_command_for_another_node_is_refused()
    {
        await using var worker = await CommandedWorker.StartAsync();

        Assert.Equal(("unknown-node", "this server is node-1, not node-2"), await worker.RefusedAsync("action=10&on=1&node=node-2"));
        Assert.Equal(("0", "1"), await worker.DoAsync("action=10&on=1&node=node-1"));
    }

    [Fact]
    public async Task Replies_without_seq_come_in_the_order_of_their_requests()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 2");
        var requests = Enumerable.Range(0, 40).Select(i => (i % 4) switch
        {
            0 => "action=2&count=1",
            1 => "action=10&on=1&node=nobody",
            2 => "action=3&count=1",
            _ => "action=9",
        }).ToList();

        await worker.Link.SendAsync([.. requests.Select(request => Wire.Text(CommandedWorker.Sign(request)))]);
        var replies = new List<string>();
        for (var i = 0; i < requests.Count; i++)
        {
            var reply = await worker.ReplyAsync();
            replies.Add(reply.Find("code") ?? $"{reply["before"]}-{reply["after"]}");
        }

        Assert.Equal(Enumerable.Range(0, 10).SelectMany(_ => (string[])["2-3", "unknown-node", "3-2", "unknown-action"]), replies);
    }

    [Fact]
    public async Task A_flood_of_commands_is_taken_bit_by_bit_and_every_one_is_answered()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 1");
        var sending = worker.Link.SendAsync([.. Enumerable.Range(0, 2000).Select(i => Wire.Text(CommandedWorker.Sign($"action=10&on={i % 2}&seq={i}")))]);

        for (var i = 0; i < 2000; i++)
        {
            var reply = await worker.ReplyAsync();
            Assert.Equal(($"{i}", "1000"), (reply["seq"], reply["action"]));
        }

        await sending;
    }

    [Fact]
    public async Task Every_command_is_in_the_audit_with_who_sent_it()
    {
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 2");
        await worker.DoAsync("action=2&count=1&seq=7&by=ann at 10.0.0.9");
        await worker.RefusedAsync("action=3&count=9");

        await worker.Node.HasLoggedAsync("audit: add-workers 1 at node-1 by ann at 10.0.0.9 through 127.0.0.1:");
        await worker.Node.HasLoggedAsync("seq 7: before 2, after 3, took ");
        await worker.Node.HasLoggedAsync("audit: remove-workers 9 at node-1 by unknown through 127.0.0.1:");
        await worker.Node.HasLoggedAsync("seq none: refused, out-of-range: this server has 3 worker threads");
    }
}
