using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Data;

/// <summary>The requests of one client take effect in their order, however the store takes its time.</summary>
public sealed class DataOrderSpecs : IAsyncLifetime
{
    private DataNode? _node;
    private FramePeer? _client;

    private FramePeer Client => _client!;

    private MemoryStore Store => _node!.Store;

    public async Task InitializeAsync()
    {
        _node = await DataNode.StartAsync();
        _node.Store.Holds = true;
        _client = await _node.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        _client!.Dispose();
        await _node!.DisposeAsync();
    }

    private async Task<List<string>> ReadAsync(int count)
    {
        var replies = new List<string>();
        for (var i = 0; i < count; i++)
            replies.Add(await Client.ReadTextAsync());
        return replies;
    }

    [Fact]
    public async Task Writes_are_handed_over_without_waiting_for_those_before_them()
    {
        await Client.SendAsync([.. Enumerable.Range(0, 10).Select(i => Wire.Text($"op=put&seq={i}&key=k&value={i}"))]);
        await _node!.HasUncommittedAsync(10);
        Store.Commit();

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"ok=1&seq={i}&version=1.1.{i + 1}&acks=one"), await ReadAsync(10));
    }

    [Fact]
    public async Task A_read_behind_a_write_waits_for_it_and_a_write_behind_that_does_not_overtake()
    {
        await Client.SendAsync(
            Wire.Text("op=put&key=k&value=1"), Wire.Text("op=get&key=k"), Wire.Text("op=put&key=k&value=2"), Wire.Text("op=list"), Wire.Text("op=remove&key=k"));
        await _node!.HasUncommittedAsync(1);
        using (var other = await _node.OpenAsync())
        {
            // Others read what is committed meanwhile.
            await other.SendTextAsync("op=get&key=k");
            Assert.Contains("not-found", await other.ReadTextAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(1, Store.Uncommitted);
        for (var write = 0; write < 3; write++)
        {
            await _node.HasUncommittedAsync(1);
            Store.Commit();
        }

        Assert.Equal(
            ["ok=1&version=1.1.1&acks=one", "ok=1&version=1.1.1&value=1", "ok=1&version=1.1.2&acks=one", "ok=1&keys=k&count=1&more=0", "ok=1&version=1.1.3&acks=one"],
            await ReadAsync(5));
    }

    [Fact]
    public async Task A_bad_request_between_writes_is_answered_in_its_turn()
    {
        await Client.SendAsync(Wire.Text("op=put&key=k&value=1"), Wire.Text("nonsense"), Wire.Text("op=put&key=k&value=2&if=none"), Wire.Text("op=put&key=k&value=3"));
        await _node!.HasUncommittedAsync(1);
        Store.Commit();
        await _node.HasUncommittedAsync(2);
        Store.Commit();

        var replies = await ReadAsync(4);
        Assert.Equal("ok=1&version=1.1.1&acks=one", replies[0]);
        Assert.StartsWith("ok=0&code=bad-request", replies[1], StringComparison.Ordinal);
        Assert.StartsWith("ok=0&code=conflict&version=1.1.1", replies[2], StringComparison.Ordinal);
        Assert.Equal("ok=1&version=1.1.2&acks=one", replies[3]);
    }

    [Fact]
    public async Task While_writes_wait_the_worker_threads_serve_others()
    {
        var writers = new List<FramePeer>();
        for (var i = 0; i < 4; i++)
        {
            writers.Add(await _node!.OpenAsync());
            await writers[i].SendTextAsync($"op=put&key=k{i}&value=v");
        }

        await _node!.HasUncommittedAsync(4);
        await Client.SendTextAsync("op=get&key=x");
        Assert.Contains("not-found", await Client.ReadTextAsync(), StringComparison.Ordinal);
        Store.Commit();
        foreach (var writer in writers)
        {
            Assert.StartsWith("ok=1", await writer.ReadTextAsync(), StringComparison.Ordinal);
            writer.Dispose();
        }
    }

    [Fact]
    public async Task Whatever_clients_send_in_whatever_pieces_each_is_answered_as_if_it_waited_for_every_answer()
    {
        using var end = new CancellationTokenSource();
        var committing = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                Store.Commit();
                await Task.Yield();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(RunClientAsync));
        await end.CancelAsync();
        await committing;
    }

    /// <summary>A client on keys of its own, so that what it must be answered is known.</summary>
    private async Task RunClientAsync(int number)
    {
        var random = new Random(number);
        using var client = await _node!.OpenAsync();
        var frames = new List<byte>();
        var expected = new List<(string Start, string End)>();
        var model = new Dictionary<string, string>();
        for (var i = 0; i < 1500; i++)
        {
            var key = $"{number}/{random.Next(4)}";
            switch (random.Next(5))
            {
                case 0 or 1:
                    model[key] = $"{i}";
                    frames.AddRange(Wire.Text($"op=put&seq={i}&key={key}&value={i}"));
                    expected.Add(($"ok=1&seq={i}&version=", "&acks=one"));
                    break;
                case 2 when model.Remove(key):
                    frames.AddRange(Wire.Text($"op=remove&seq={i}&key={key}"));
                    expected.Add(($"ok=1&seq={i}&version=", "&acks=one"));
                    break;
                case 3:
                    frames.AddRange(Wire.Text($"op=list&seq={i}&prefix={number}/"));
                    expected.Add(($"ok=1&seq={i}&keys={string.Join(',', model.Keys.Order(StringComparer.Ordinal))}&", "more=0"));
                    break;
                default:
                    frames.AddRange(Wire.Text($"op=get&seq={i}&key={key}"));
                    expected.Add(model.TryGetValue(key, out var value)
                        ? ($"ok=1&seq={i}&version=", $"&value={value}")
                        : ($"ok=0&seq={i}&code=not-found", "this key"));
                    break;
            }
        }

        var bytes = frames.ToArray();
        var sending = Task.Run(async () =>
        {
            for (var at = 0; at < bytes.Length;)
            {
                var size = Math.Min(bytes.Length - at, random.Next(1, 3000));
                await client.Tcp.SendAsync(bytes.AsMemory(at, size));
                at += size;
            }
        });
        foreach (var (start, last) in expected)
        {
            var reply = await client.ReadTextAsync();
            Assert.StartsWith(start, reply, StringComparison.Ordinal);
            Assert.EndsWith(last, reply, StringComparison.Ordinal);
        }

        await sending;
    }

    [Fact]
    public async Task A_client_is_not_read_on_while_it_is_owed_answers()
    {
        await Client.SendTextAsync("op=put&key=a&value=v");
        await _node!.HasUncommittedAsync(1);
        await Client.SendTextAsync("op=put&key=b&value=v");
        using (var other = await _node.OpenAsync())
        {
            await other.SendTextAsync("op=put&key=c&value=v");
            await _node.HasUncommittedAsync(2);
        }

        Assert.Equal(2, Store.Uncommitted);
        Store.Commit();
        await Client.ReadTextAsync();
        await _node.HasUncommittedAsync(1);
        Store.Commit();
        Assert.StartsWith("ok=1", await Client.ReadTextAsync(), StringComparison.Ordinal);
    }
}
