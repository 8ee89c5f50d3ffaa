using System.Text;
using ClusterActors.Actors.Data;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Data;

/// <summary>Clients that watch keys over real connections (PROTOCOL.md section 8).</summary>
public sealed class DataWatchSpecs : IAsyncLifetime
{
    private DataNode? _node;
    private FramePeer? _watcher;
    private FramePeer? _writer;

    private FramePeer Watcher => _watcher!;

    private MemoryStore Store => _node!.Store;

    private WatchTable Table => (WatchTable)Store.Listener;

    public async Task InitializeAsync()
    {
        _node = await DataNode.StartAsync("connection { outputHighWater = 64KiB, maxMessageBytes = 256KiB, outputLimit = 256KiB }");
        _watcher = await _node.OpenAsync();
        _writer = await _node.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        _watcher!.Dispose();
        _writer!.Dispose();
        await _node!.DisposeAsync();
    }

    private static async Task<string> AskAsync(FramePeer client, string request)
    {
        await client.SendTextAsync(request);
        return await client.ReadTextAsync();
    }

    private Task<string> WriteAsync(string request) => AskAsync(_writer!, request);

    [Fact]
    public async Task Changes_of_a_watched_key_are_pushed_until_it_is_watched_no_more()
    {
        Assert.Equal("ok=1&seq=1", await AskAsync(Watcher, "op=watch&seq=1&key=k"));
        await WriteAsync("op=put&key=k&value=a%26b");
        await WriteAsync("op=put&key=kk&value=other");
        await WriteAsync("op=remove&key=k");
        await WriteAsync("op=remove&key=k");
        Store.Expire("k");

        Assert.Equal("event=put&key=k&version=1.1.1&value=a%26b", await Watcher.ReadTextAsync());
        Assert.Equal("event=remove&key=k&version=1.1.3", await Watcher.ReadTextAsync());
        Assert.Equal("event=expire&key=k&version=1.1.4", await Watcher.ReadTextAsync());
        Assert.Equal("ok=1", await AskAsync(Watcher, "op=unwatch&key=k"));
        await WriteAsync("op=put&key=k&value=b");
        Assert.Equal("ok=1&version=1.1.5&value=b", await AskAsync(Watcher, "op=get&key=k"));
        Assert.Equal(0, Table.Count);
    }

    [Fact]
    public async Task A_prefix_is_every_key_that_begins_so_and_several_watches_of_one_key_push_once()
    {
        foreach (var watch in (string[])["prefix=a/", "prefix=a/b", "key=a/b", "prefix=", "prefix=a/"])
            await AskAsync(Watcher, $"op=watch&{watch}");
        Assert.Equal(4, Table.Count);

        await WriteAsync("op=put&key=a/b&value=1");
        await WriteAsync("op=put&key=x&value=2");

        Assert.Equal("event=put&key=a/b&version=1.1.1&value=1", await Watcher.ReadTextAsync());
        Assert.Equal("event=put&key=x&version=1.1.2&value=2", await Watcher.ReadTextAsync());
        await AskAsync(Watcher, "op=unwatch&prefix=");
        await WriteAsync("op=put&key=x&value=3");
        await WriteAsync("op=put&key=a/&value=4");
        Assert.Equal("event=put&key=a/&version=1.1.4&value=4", await Watcher.ReadTextAsync());
        await AskAsync(Watcher, "op=unwatch");
        Assert.Equal(0, Table.Count);
    }

    [Fact]
    public async Task Pushes_come_in_the_kind_of_the_watch_and_bytes_that_are_no_text_in_binary()
    {
        await AskAsync(Watcher, "op=watch&key=k");
        using var bytes = await _node!.OpenAsync();
        await bytes.SendAsync(Wire.Frame(Wire.BinaryOpcode, "op=watch&key=k"u8));
        Assert.Equal((Wire.BinaryOpcode, "ok=1"), await bytes.ReadAsync() is var reply ? (reply.Opcode, reply.Text) : default);

        await WriteAsync("op=put&key=k&value=text");
        await _writer!.SendAsync(DataNode.Binary("op=put&key=k", [0xff, 0x00]));
        await _writer.ReadAsync();
        await WriteAsync("op=remove&key=k");

        Assert.Equal("event=put&key=k&version=1.1.1&value=text", await Watcher.ReadTextAsync());
        Assert.Equal([.. "event=put&key=k&version=1.1.2\n"u8, 0xff, 0x00], (await Watcher.ReadAsync()).Payload);
        Assert.Equal("event=remove&key=k&version=1.1.3", await Watcher.ReadTextAsync());
        foreach (var expected in (byte[][])[[.. "event=put&key=k&version=1.1.1\ntext"u8], [.. "event=put&key=k&version=1.1.2\n"u8, 0xff, 0x00], [.. "event=remove&key=k&version=1.1.3"u8]])
        {
            var push = await bytes.ReadAsync();
            Assert.Equal((Wire.BinaryOpcode, Encoding.Latin1.GetString(expected)), (push.Opcode, Encoding.Latin1.GetString(push.Payload)));
        }
    }

    [Fact]
    public async Task Pushes_come_while_the_watcher_waits_for_a_write_of_its_own()
    {
        await AskAsync(Watcher, "op=watch&key=k");
        Store.Holds = true;
        await Watcher.SendTextAsync("op=put&key=mine&value=v");
        await _node!.HasUncommittedAsync(1);
        Store.Expire("k");

        Assert.Equal("event=expire&key=k&version=1.1.2", await Watcher.ReadTextAsync());
        Store.Commit();
        Assert.Equal("ok=1&version=1.1.1&acks=one", await Watcher.ReadTextAsync());
    }

    [Fact]
    public async Task A_client_may_watch_so_much_and_no_more()
    {
        for (var i = 0; i < ClientWatches.Most; i++)
            Assert.Equal("ok=1", await AskAsync(Watcher, $"op=watch&key=k{i}"));

        Assert.StartsWith("ok=0&seq=1&code=too-many&msg=this client has 100 watches", await AskAsync(Watcher, "op=watch&seq=1&prefix=k"), StringComparison.Ordinal);
        Assert.Equal("ok=1", await AskAsync(Watcher, "op=watch&key=k7"));
        await AskAsync(Watcher, "op=unwatch&key=k7");
        Assert.Equal("ok=1", await AskAsync(Watcher, "op=watch&prefix=k"));
        Assert.Equal(ClientWatches.Most, Table.Count);
    }

    [Fact]
    public async Task A_client_that_goes_watches_nothing_any_more()
    {
        await AskAsync(Watcher, "op=watch&key=k");
        await AskAsync(Watcher, "op=watch&prefix=k");
        Assert.Equal(2, Table.Count);

        Watcher.Tcp.Dispose();

        await Eventually.EqualsAsync(0, () => Table.Count, "watches");
    }

    [Fact]
    public async Task A_watcher_that_does_not_take_its_pushes_is_closed_and_nobody_else()
    {
        using var stuck = await _node!.OpenAsync(receiveBuffer: 4096);
        await AskAsync(stuck, "op=watch&key=k");
        await AskAsync(Watcher, "op=watch&key=other");
        var value = new string('x', 100 * 1024);

        // What the system holds on its way is not known.
        for (var i = 0; Table.Count == 2 && i < 2000; i++)
            await WriteAsync($"op=put&key=k&value={value}");

        await Eventually.EqualsAsync(1, () => Table.Count, "watches");
        await _node.Node.HasLoggedAsync("it does not take what is sent to it");
        await WriteAsync("op=put&key=other&value=v");
        Assert.EndsWith("&value=v", await Watcher.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_worker_owns_the_data_no_more_its_watchers_are_closed_with_the_reason()
    {
        await AskAsync(Watcher, "op=watch&key=k");

        Store.Listener.Ended("node-2 owns this data now");

        var close = await Watcher.ReadCloseAsync();
        Assert.Equal((1000, "node-2 owns this data now"), (close.CloseCode, close.CloseReason));
        Assert.StartsWith("ok=1", await WriteAsync("op=put&key=k&value=v"), StringComparison.Ordinal);

        // Who begins to watch in that very moment is not left waiting.
        await _writer!.SendTextAsync("op=watch&key=k");
        Assert.Equal("ok=1", await _writer.ReadTextAsync());
        Assert.Equal(1000, (await _writer.ReadCloseAsync()).CloseCode);
    }
}
