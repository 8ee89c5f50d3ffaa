using ClusterActors.Protocol.Data;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>What clients can keep on a lone server, over TCP and over a WebSocket.</summary>
public sealed class ClientSpecs(OneServer server) : IClassFixture<OneServer>
{
    private const int Mebi = 1024 * 1024;

    public static TheoryData<string> Connections => ["tcp", "websocket"];

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task Text_is_kept_as_it_is(string connection)
    {
        await using var client = await ConnectAsync(connection);
        Assert.True((await client.AskTextAsync($"op=put&key={connection}/text&value=Bo %26 Al %25 ü 😀 %0A%00")).IsOk);

        var asText = await client.AskTextAsync($"op=get&key={connection}/text");

        Assert.Equal("Bo & Al % ü 😀 \n\0", DataClient.TextOf(asText));
        Assert.Equal("Bo & Al % ü 😀 \n\0", await client.GetTextAsync($"{connection}/text"));
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task Every_byte_is_kept_as_it_is_also_where_it_is_asked_for_as_text(string connection)
    {
        await using var client = await ConnectAsync(connection);
        var value = Enumerable.Range(0, 256).Concat(Enumerable.Range(0, 256).Reverse()).Select(number => (byte)number).ToArray();
        Assert.True((await client.PutAsync($"{connection}/bytes", value)).IsOk);

        Assert.Equal(value, (await client.GetAsync($"{connection}/bytes")).Value.ToArray());
        Assert.Equal(value, (await client.AskTextAsync($"op=get&key={connection}/bytes")).Value.ToArray());
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task A_value_of_a_mebibyte_is_kept_and_one_byte_more_is_refused_on_a_connection_that_stays(string connection)
    {
        await using var client = await ConnectAsync(connection);
        var value = new byte[Mebi + 1];
        new Random(7).NextBytes(value);

        var written = client.PutAsync($"{connection}/large", value.AsMemory(0, Mebi));
        var refused = client.PutAsync($"{connection}/large", value);
        var read = client.GetAsync($"{connection}/large");

        Assert.True((await written).IsOk, (await written).Msg);
        Assert.Equal(DataCode.TooLarge, (await refused).Code);
        Assert.Equal(value[..Mebi], (await read).Value.ToArray());
        Assert.Equal((await written).Version, (await read).Version);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task A_key_of_1024_bytes_is_kept_and_one_byte_more_is_refused_on_a_connection_that_stays(string connection)
    {
        await using var client = await ConnectAsync(connection);
        var key = connection + new string('ü', (DataLimits.MaxKeyBytes - connection.Length) / 2);
        key += new string('k', DataLimits.MaxKeyBytes - System.Text.Encoding.UTF8.GetByteCount(key));

        Assert.True((await client.PutAsync(key, "value")).IsOk);
        Assert.Equal(DataCode.TooLarge, (await client.PutAsync(key + "k", "value")).Code);
        Assert.Equal("value", await client.GetTextAsync(key));
        Assert.Equal([key], (await client.ListAsync(key, "", 10)).Keys);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task What_one_kind_of_client_writes_the_other_reads_and_watches(string connection)
    {
        var pushes = System.Threading.Channels.Channel.CreateUnbounded<DataPush>();
        await using var other = connection == "tcp"
            ? await DataClient.ConnectWebSocketAsync(server.Port, push => pushes.Writer.TryWrite(push))
            : await DataClient.ConnectAsync(server.Port, push => pushes.Writer.TryWrite(push));
        Assert.True((await other.WatchAsync($"{connection}/watched")).IsOk);
        await using var client = await ConnectAsync(connection);

        var written = await client.PutAsync($"{connection}/watched", "value");

        Assert.Equal("value", await other.GetTextAsync($"{connection}/watched"));
        var push = await pushes.Reader.ReadAsync().AsTask().WaitAsync(TestSupport.Eventually.Limit);
        Assert.Equal(written.Version, push.Version);
        Assert.Equal("value"u8.ToArray(), push.Value.ToArray());
    }

    private Task<DataClient> ConnectAsync(string connection) =>
        connection == "tcp" ? DataClient.ConnectAsync(server.Port) : DataClient.ConnectWebSocketAsync(server.Port);
}
