using System.Collections.Concurrent;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Actors.Worker;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Gateway.Business;

/// <summary>Business code that owes answers: <c>write</c> is answered when the test says so, everything else at once.</summary>
public sealed class DeferringHandlerSpecs : IAsyncLifetime
{
    private readonly ConcurrentQueue<IDeferral> _owed = new();
    private readonly ScriptedHandler _handler;
    private CommandedWorker? _worker;

    public DeferringHandlerSpecs() => _handler = new ScriptedHandler(neverBlocks: false)
    {
        Connected = client => client.State = 0,
        Message = (client, text) =>
        {
            if (text.StartsWith("write", StringComparison.Ordinal))
            {
                client.State = (int)client.State! + 1;
                _owed.Enqueue(client.Defer());
            }
            else if ((int)client.State! > 0)
            {
                client.Postpone();
            }
            else if (text == "bad")
            {
                throw new InvalidOperationException("no such thing");
            }
            else
            {
                client.Say($"{Thread.CurrentThread.Name} {text}");
            }
        },
        Settled = client =>
        {
            for (var left = (int)client.State!; left > 0; left--)
                client.Say("written");
            client.State = 0;
        },
    };

    public async Task InitializeAsync() => _worker = await CommandedWorker.StartAsync("worker { threads = 2, readerWriters = 2 }", _handler);

    public async Task DisposeAsync() => await _worker!.DisposeAsync();

    private Task<FramePeer> OpenAsync() => FramePeer.OpenAsync(_worker!.Node.BusinessPort);

    private Task OwedAsync(int count) => Eventually.EqualsAsync(count, () => _owed.Count, "answers owed");

    private void Pay()
    {
        // No more than what is owed now: when the last of it is there, the client goes on at once and may owe again.
        for (var left = _owed.Count; left > 0 && _owed.TryDequeue(out var owed); left--)
            owed.Done();
    }

    private static async Task<string> AskAsync(FramePeer client, string text)
    {
        await client.SendTextAsync(text);
        return await client.ReadTextAsync();
    }

    [Fact]
    public async Task While_answers_are_owed_the_thread_serves_others_and_the_client_is_not_read()
    {
        using var writer = await OpenAsync();
        var others = new List<FramePeer> { await OpenAsync(), await OpenAsync(), await OpenAsync() };
        await writer.SendTextAsync("write 1");
        await OwedAsync(1);
        await writer.SendTextAsync("write 2");

        var threads = new HashSet<string>();
        foreach (var other in others)
            threads.Add(await AskAsync(other, "x"));

        Assert.Equal(2, threads.Count);
        Assert.Single(_owed);
        Pay();
        Assert.Equal("written", await writer.ReadTextAsync());
        await OwedAsync(1);
        Pay();
        Assert.Equal("written", await writer.ReadTextAsync());
        others.ForEach(other => other.Dispose());
    }

    [Fact]
    public async Task Answers_come_in_the_order_of_the_questions()
    {
        using var client = await OpenAsync();
        await client.SendAsync(Wire.Text("a"), Wire.Text("write"), Wire.Text("write"), Wire.Text("b"), Wire.Text("write"), Wire.Text("c"));
        await OwedAsync(2);
        Pay();
        await OwedAsync(1);
        Pay();

        var answers = new List<string>();
        for (var i = 0; i < 6; i++)
            answers.Add((await client.ReadTextAsync()).Split(' ')[^1]);

        Assert.Equal(["a", "written", "written", "b", "written", "c"], answers);
    }

    [Fact]
    public async Task A_client_may_go_while_answers_are_owed()
    {
        using var stays = await OpenAsync();
        using (var client = await OpenAsync())
        {
            await client.SendAsync(Wire.Text("write"), Wire.Text("behind"));
            await OwedAsync(1);
            client.Tcp.Reset();
        }

        // Its connection is not read; the end is seen when something is sent to it.
        var handle = _handler.Clients.Last();
        await Eventually.HoldsAsync(() => !handle.Say("are you there"), "the client is gone");
        await Eventually.HoldsAsync(() => _handler.JournalOf(handle).Contains("disconnected"), "its end is told");
        Pay();

        Assert.EndsWith(" x", await AskAsync(stays, "x"), StringComparison.Ordinal);
        Assert.DoesNotContain("settled", _handler.JournalOf(handle));
        Assert.Single(_handler.JournalOf(handle), call => call == "behind");
    }

    [Fact]
    public async Task A_failure_behind_answers_that_are_owed_closes_the_client_behind_those()
    {
        using var client = await OpenAsync();
        await client.SendAsync(Wire.Text("write"), Wire.Text("bad"), Wire.Text("not handled"));
        await OwedAsync(1);
        Pay();

        Assert.Equal("written", await client.ReadTextAsync());
        Assert.Equal(1011, (await client.ReadCloseAsync()).CloseCode);
        Assert.DoesNotContain(_handler.Journal, line => line.EndsWith("not handled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_close_waits_for_what_is_owed()
    {
        using var client = await OpenAsync();
        await client.SendAsync(Wire.Text("write"), Wire.Text("a"), Wire.Close(1000));
        await OwedAsync(1);
        _handler.Clients.Single().Close("enough");
        Pay();

        Assert.Equal("written", await client.ReadTextAsync());
        Assert.EndsWith(" a", await client.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1000, (await client.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_thread_that_retires_ends_when_what_is_owed_to_its_clients_is_there()
    {
        var clients = new List<FramePeer>();
        for (var i = 0; i < 4; i++)
        {
            clients.Add(await OpenAsync());
            await AskAsync(clients[i], "x");
        }

        foreach (var client in clients)
            await client.SendAsync(Wire.Text("write"), Wire.Text("a"));
        await OwedAsync(4);

        var reply = await _worker!.CommandAsync("action=3&count=1");

        Assert.Equal(("2", "1"), (reply["before"], reply["after"]));
        Pay();
        foreach (var client in clients)
        {
            Assert.Equal("written", await client.ReadTextAsync());
            Assert.Equal("worker-thread-0 a", await client.ReadTextAsync());
            Assert.Equal("worker-thread-0 b", await AskAsync(client, "b"));
        }

        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Clients_move_to_another_loop_while_answers_are_owed()
    {
        var clients = new List<FramePeer>();
        for (var i = 0; i < 8; i++)
            clients.Add(await OpenAsync());
        foreach (var client in clients)
            await client.SendAsync(Wire.Text("write"), Wire.Text("a"));
        await OwedAsync(8);

        Assert.Equal(("2", "1"), await _worker!.DoAsync("action=5&count=1"));
        Pay();

        foreach (var client in clients)
        {
            Assert.Equal("written", await client.ReadTextAsync());
            Assert.EndsWith(" a", await client.ReadTextAsync(), StringComparison.Ordinal);
            client.Dispose();
        }
    }

    [Fact]
    public async Task A_handler_on_a_loop_cannot_owe()
    {
        Exception? thrown = null;
        var handler = new ScriptedHandler(neverBlocks: true)
        {
            Message = (client, text) =>
            {
                thrown = Record.Exception(() => client.Defer());
                client.Say(text);
            },
        };
        await using var node = await TestNode.StartAsync("clustersSwitch = 0", handler);
        using var client = await FramePeer.OpenAsync(node.BusinessPort);
        await AskAsync(client, "x");

        Assert.Contains("NeverBlocks must be false", thrown?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_many_times_as_long_as_the_questions_wait_for_the_client_to_take_them()
    {
        const int questions = 200;
        const int size = 256 * 1024;
        var answer = new string('x', size);
        var handler = new ScriptedHandler(neverBlocks: false) { Message = (client, _) => client.Say(answer) };
        await using var node = await TestNode.StartAsync(
            "clustersSwitch = 0, connection { maxMessageBytes = 256KiB, outputHighWater = 64KiB, outputLimit = 512KiB }", handler);
        using var client = await FramePeer.OpenAsync(node.BusinessPort, receiveBuffer: 4096);

        await client.SendAsync([.. Enumerable.Repeat(Wire.Text("?"), questions)]);

        for (var i = 0; i < questions; i++)
        {
            Assert.Equal(size, (await client.ReadAsync()).Payload.Length);

            // What the system holds on its way is not known; it is far less than all of it.
            Assert.InRange(handler.Journal.Count, i, i + (questions / 2));
        }
    }
}
