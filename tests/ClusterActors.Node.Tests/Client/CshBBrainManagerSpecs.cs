using System.Net;
using System.Text;
using ClusterActors.Client;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Node.Tests.Client;

/// <summary>Existing CshBBrain (Java) managers, with the bytes that were recorded of them (PROTOCOL.md section 5).</summary>
public class CshBBrainManagerSpecs
{
    private static readonly byte[] Worker = [0x81, 0x1a, .. "{ip:'127.0.0.1',port:8001}"u8];
    private static readonly byte[] Failed = [0x81, 0x12, .. "500处理失败了"u8];
    private static readonly byte[] NoAction = [0x81, 0x3f, .. "没有指明的请求操作，请求中必须指明action类型"u8];

    [Fact]
    public async Task One_that_ignores_our_handshake_is_dialed_again_in_its_own_form_and_allocates()
    {
        var time = new FakeTimeProvider();
        var requests = new List<Dictionary<string, string>>();
        await using var server = ScriptedServer.Start(
            async connection =>
            {
                requests.Add(await connection.ReadHandshakeAsync());
                time.Advance(new ClientSettings().HandshakeTimeout);
                await connection.ReadToEndAsync();
            },
            async connection =>
            {
                var request = await connection.ReadHandshakeAsync();
                requests.Add(request);
                await connection.SendAsync(ScriptedConnection.Response(request, "protocol"));

                // No seq, no key: it knows neither, and decodes escapes before it splits.
                Assert.Equal([0x81, 0x08, .. "action=0"u8], await connection.ReadAsync(10));
                await connection.SendAsync(Worker);
            });
        var client = new ManagerClient([server.Address], time: time);

        var allocation = await client.AllocateAsync("a&action=5", explain: true);

        Assert.Equal(new ServerAddress("127.0.0.1", 8001), allocation.Worker);
        Assert.Null(allocation.Node);
        Assert.Null(allocation.Lease);
        Assert.Null(allocation.ExpiresIn);
        Assert.Equal(["Clusters", "Protocol"], requests.Select(request => request["Protocol"]));
        Assert.Equal(["Host", "Key", "Protocol"], requests[1].Keys);
        Assert.Equal(IPAddress.Loopback.ToString(), requests[1]["Host"]);
        Assert.Matches("^[0-9a-f]{24}$", requests[1]["Key"]);
    }

    [Theory]
    [InlineData(true, "the CshBBrain server could not process the request")]
    [InlineData(false, "the CshBBrain server found no action in the request")]
    public async Task Its_two_failures_are_understood(bool failed, string reason)
    {
        await using var server = Java(failed ? Failed : NoAction);
        var client = new ManagerClient([server.Address]);

        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => client.AllocateAsync());

        Assert.Equal("internal", refusal.Code);
        Assert.StartsWith(reason, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_is_not_even_asked_for_and_the_sentence_says_why()
    {
        byte[] rest = [1];
        await using var server = ScriptedServer.Start(Hangup, async connection =>
        {
            await connection.SendAsync(ScriptedConnection.Response(await connection.ReadHandshakeAsync(), "protocol"));
            rest = await connection.ReadAsync(2);
            await connection.SendAsync([0x88, 0x00]);
        });
        var client = new ManagerClient([server.Address]);

        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => client.ViewAsync());
        await client.DisposeAsync();
        await server.PlayedAsync();

        Assert.Contains("existing CshBBrain (Java) server, which can allocate (action 0) but has no view of its servers (action 9)", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([0x88, 0x00], rest);
    }

    [Fact]
    public async Task A_slow_manager_of_ours_that_was_dialed_in_their_form_is_still_asked_in_ours()
    {
        await using var server = ScriptedServer.Start(Hangup, async connection =>
        {
            await connection.AcceptAsync();
            Assert.Equal("action=9&seq=1", await connection.ReadTextAsync());
            await connection.SendTextAsync("action=1000&seq=1&count=0&epoch=0&manager=m&nodes=[]");
        });
        var client = new ManagerClient([server.Address]);

        Assert.Equal("m", (await client.ViewAsync()).Manager);
    }

    [Fact]
    public void The_recorded_lengths_are_right()
    {
        Assert.All([Worker, Failed, NoAction], frame => Assert.Equal(frame.Length - 2, frame[1]));
        Assert.Equal("{ip:'127.0.0.1',port:8001}", Encoding.UTF8.GetString(Worker.AsSpan(2)));
    }

    private static ScriptedServer Java(byte[] reply) => ScriptedServer.Start(Hangup, async connection =>
    {
        await connection.SendAsync(ScriptedConnection.Response(await connection.ReadHandshakeAsync(), "protocol"));
        await connection.ReadTextAsync();
        await connection.SendAsync(reply);
    });

    /// <summary>Ends the connection at our form of the handshake.</summary>
    private static async Task Hangup(ScriptedConnection connection) => _ = await connection.ReadHandshakeAsync();
}
