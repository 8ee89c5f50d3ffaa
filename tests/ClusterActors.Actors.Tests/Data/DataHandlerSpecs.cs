using System.Net.WebSockets;
using System.Text;
using ClusterActors.Actors.Data;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Data;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Data;

/// <summary>Handler <c>data</c> over real connections: what is asked and what comes back (PROTOCOL.md section 8).</summary>
public sealed class DataHandlerSpecs : IAsyncLifetime
{
    private DataNode? _node;
    private FramePeer? _client;

    private FramePeer Client => _client!;

    private MemoryStore Store => _node!.Store;

    public async Task InitializeAsync()
    {
        _node = await DataNode.StartAsync();
        _client = await _node.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        _client!.Dispose();
        await _node!.DisposeAsync();
    }

    private async Task<string> AskAsync(string request)
    {
        await Client.SendTextAsync(request);
        return await Client.ReadTextAsync();
    }

    [Fact]
    public async Task What_was_put_is_got_until_it_is_removed()
    {
        Assert.Equal("ok=0&seq=1&code=not-found&msg=there is no entry of this key", await AskAsync("op=get&seq=1&key=k"));
        Assert.Equal("ok=1&seq=2&version=1.1.1&acks=one", await AskAsync("op=put&seq=2&key=k&value=a%26b"));
        Assert.Equal("ok=1&seq=3&version=1.1.1&value=a%26b", await AskAsync("op=get&seq=3&key=k"));
        Assert.Equal("ok=1&version=1.1.2&acks=one", await AskAsync("op=remove&key=k"));
        Assert.Equal("ok=0&code=not-found&msg=there is no entry of this key", await AskAsync("op=remove&key=k"));
        Assert.Equal("ok=0&code=not-found&msg=there is no entry of this key", await AskAsync("op=get&key=k"));
    }

    [Fact]
    public async Task A_write_on_a_condition_is_done_only_if_that_holds()
    {
        const string there = "&msg=what if asks for is not there; this version is";
        const string nothing = "&msg=what if asks for is not there; there is no such entry";
        Assert.Equal($"ok=0&code=conflict&version=none{nothing}", await AskAsync("op=put&key=k&value=a&if=1.1.1"));
        Assert.Equal("ok=1&version=1.1.1&acks=one", await AskAsync("op=put&key=k&value=a&if=none"));
        Assert.Equal($"ok=0&code=conflict&version=1.1.1{there}", await AskAsync("op=put&key=k&value=b&if=none"));
        Assert.Equal("ok=1&version=1.1.2&acks=one", await AskAsync("op=put&key=k&value=b&if=1.1.1"));
        Assert.Equal($"ok=0&code=conflict&version=1.1.2{there}", await AskAsync("op=remove&key=k&if=1.1.1"));
        Assert.Equal("ok=1&version=1.1.3&acks=one", await AskAsync("op=remove&key=k&if=1.1.2"));
        Assert.Equal($"ok=0&code=conflict&version=none{nothing}", await AskAsync("op=remove&key=k&if=1.1.2"));
    }

    [Fact]
    public async Task An_entry_may_be_given_a_life_time()
    {
        await AskAsync("op=put&key=k&value=a&expires=60");
        Assert.Equal(TimeSpan.FromMinutes(1), Store.Last!.Lifetime);

        await AskAsync("op=put&key=k&value=a");
        Assert.Null(Store.Last!.Lifetime);
    }

    [Theory]
    [InlineData(AckLevel.Local, "local")]
    [InlineData(AckLevel.All, "all")]
    public async Task A_write_is_answered_with_the_level_that_it_got(AckLevel level, string word)
    {
        Store.Acks = level;

        Assert.Equal($"ok=1&version=1.1.1&acks={word}", await AskAsync("op=put&key=k&value=a"));
    }

    [Fact]
    public async Task A_value_of_any_bytes_comes_back_in_a_binary_message()
    {
        byte[] value = [.. Enumerable.Range(0, 256).Select(i => (byte)i), (byte)'\n', 0];
        await Client.SendAsync(DataNode.Binary("op=put&seq=1&key=k", value));
        var put = await Client.ReadAsync();
        await Client.SendTextAsync("op=get&seq=2&key=k");
        var got = await Client.ReadAsync();

        Assert.Equal((Wire.BinaryOpcode, "ok=1&seq=1&version=1.1.1&acks=one"), (put.Opcode, put.Text));
        Assert.Equal(Wire.BinaryOpcode, got.Opcode);
        Assert.Equal([.. "ok=1&seq=2&version=1.1.1\n"u8, .. value], got.Payload);
    }

    [Fact]
    public async Task Who_asks_in_binary_is_answered_in_binary()
    {
        await AskAsync("op=put&key=k&value=text");

        foreach (var (request, reply) in ((string, string)[])
        [
            ("op=get&key=k", "ok=1&version=1.1.1\ntext"),
            ("op=get&key=x", "ok=0&code=not-found&msg=there is no entry of this key"),
            ("op=list", "ok=1&keys=k&count=1&more=0"),
            ("op=bad", "ok=0&code=unknown-action&msg=op 'bad' is not known here; it must be one of put, get, remove, list, watch, unwatch"),
        ])
        {
            await Client.SendAsync(Wire.Frame(Wire.BinaryOpcode, Encoding.UTF8.GetBytes(request)));
            var frame = await Client.ReadAsync();
            Assert.Equal((Wire.BinaryOpcode, reply), (frame.Opcode, frame.Text));
        }
    }

    [Fact]
    public async Task Keys_are_listed_in_parts()
    {
        foreach (var key in (string[])["b/1", "a/2", "a/1,x", "a/%25", "a"])
            await AskAsync($"op=put&key={key}&value=v");

        Assert.Equal("ok=1&keys=a,a/%2525,a/1%252Cx,a/2,b/1&count=5&more=0", await AskAsync("op=list"));
        Assert.Equal("ok=1&seq=1&keys=a/%2525,a/1%252Cx&count=2&more=1", await AskAsync("op=list&seq=1&prefix=a/&limit=2"));
        Assert.Equal("ok=1&keys=a/2&count=1&more=0", await AskAsync("op=list&prefix=a/&limit=2&after=a/1,x"));
        Assert.Equal("ok=1&keys=&count=0&more=0", await AskAsync("op=list&prefix=c"));
    }

    [Fact]
    public async Task A_bad_request_is_answered_and_the_connection_stays()
    {
        Assert.Equal("ok=0&seq=5&code=bad-request&msg=get needs key", await AskAsync("op=get&seq=5"));
        Assert.Equal("ok=0&code=bad-request&msg='nonsense' is not name%3Dvalue", await AskAsync("nonsense"));
        Assert.StartsWith("ok=0&code=too-large&msg=key '", await AskAsync($"op=get&key={new string('k', 1025)}"), StringComparison.Ordinal);
        Assert.StartsWith("ok=1&version", await AskAsync($"op=put&key={new string('k', 1024)}&value="), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_worker_may_not_serve_it_says_why()
    {
        Store.ReadRefusal = DataRefusal.NotReady("the copies are not asked yet; try again in a moment");
        Store.WriteRefusal = DataRefusal.Unavailable("no backup is live, and whenShort is refuse");

        const string notReady = "ok=0&code=not-ready&msg=the copies are not asked yet; try again in a moment";
        Assert.Equal(notReady, await AskAsync("op=get&key=k"));
        Assert.Equal(notReady, await AskAsync("op=list"));
        Assert.Equal(notReady, await AskAsync("op=watch&key=k"));
        Assert.Equal("ok=1", await AskAsync("op=unwatch"));
        Assert.Equal("ok=0&code=unavailable&msg=no backup is live, and whenShort is refuse", await AskAsync("op=put&key=k&value=v"));
        Store.WriteRefusal = DataRefusal.Timeout("no backup answered within 5 s");
        Assert.Equal("ok=0&seq=1&code=timeout&msg=no backup answered within 5 s", await AskAsync("op=remove&seq=1&key=k"));
        Store.WriteRefusal = DataRefusal.NotOwner("node-2 owns this data now");
        Assert.Equal("ok=0&code=not-owner&msg=node-2 owns this data now", await AskAsync("op=put&key=k&value=v"));
    }

    [Fact]
    public async Task A_store_that_fails_closes_the_client_behind_what_it_was_owed()
    {
        Store.Holds = true;
        await Client.SendTextAsync("op=put&key=a&value=v");
        await _node!.HasUncommittedAsync(1);
        Store.Fault = new InvalidOperationException("no such disk");
        using var other = await _node.OpenAsync();
        await other.SendAsync(Wire.Text("op=put&seq=1&key=b&value=v"), Wire.Text("op=get&key=b"));

        Assert.StartsWith("ok=0&seq=1&code=timeout&msg=the store failed", await other.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1011, (await other.ReadCloseAsync()).CloseCode);
        await _node.Node.HasLoggedAsync("no such disk");
        Store.Commit();
        Assert.StartsWith("ok=1&version=1.1.1", await Client.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_is_served_too()
    {
        using var browser = await WebSocketPeer.ConnectAsync(_node!.Node.BusinessPort);

        await browser.SendTextAsync("op=put&key=käse&value=brot");
        Assert.Equal("ok=1&version=1.1.1&acks=one", await browser.ReadTextAsync());
        await browser.SendAsync(WebSocketMessageType.Binary, "op=get&key=käse"u8.ToArray());

        Assert.Equal("ok=1&version=1.1.1\nbrot", Encoding.UTF8.GetString((await browser.ReadAsync()).Payload));
    }

    [Fact]
    public async Task Large_values_asked_for_at_once_all_come_to_a_client_that_reads_slowly()
    {
        const int size = 900 * 1024;
        const int times = 20;
        var value = new byte[size];
        Random.Shared.NextBytes(value);
        await Client.SendAsync(DataNode.Binary("op=put&key=k", value));
        await Client.ReadAsync();
        using var slow = await _node!.OpenAsync(receiveBuffer: 4096);

        await slow.SendAsync([.. Enumerable.Range(0, times).Select(i => Wire.Text($"op=get&seq={i}&key=k"))]);

        for (var i = 0; i < times; i++)
        {
            var payload = (await slow.ReadAsync()).Payload;
            Assert.StartsWith($"ok=1&seq={i}&version=1.1.1\n", Encoding.Latin1.GetString(payload[..40]), StringComparison.Ordinal);
            Assert.True(value.AsSpan().SequenceEqual(payload.AsSpan(payload.Length - size)));
        }
    }

    [Fact]
    public async Task A_client_that_goes_with_writes_outstanding_leaves_them_to_the_store()
    {
        Store.Holds = true;
        using (var gone = await _node!.OpenAsync())
        {
            await gone.SendAsync(Wire.Text("op=watch&prefix="), Wire.Text("op=put&key=a&value=v"), Wire.Text("op=get&key=a"));
            await _node.HasUncommittedAsync(1);
            gone.Tcp.Reset();
        }

        // Its connection is not read while it is owed something; what is pushed to it shows that it is gone.
        await Client.SendTextAsync("op=get&key=a");
        await Client.ReadTextAsync();
        var watches = (WatchTable)Store.Listener;
        await Eventually.HoldsAsync(
            () =>
            {
                Store.Expire("x");
                return watches.Count == 0;
            },
            "its watch is gone");
        Store.Commit();

        Assert.EndsWith("&value=v", await AskAsync("op=get&key=a"), StringComparison.Ordinal);
    }
}
