using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Client;

public class ManagerClientSpecs
{
    private const string Allocated = "ip=10.0.0.7&port=9090&node=alpha&lease=tok_1&expires=10";

    public class Asked_for_a_worker
    {
        [Fact]
        public async Task It_shakes_hands_asks_and_reads_the_worker()
        {
            await using var server = ScriptedServer.Start(async connection =>
            {
                var request = await connection.AcceptAsync();
                Assert.Equal(["Host", "Key", "Protocol"], request.Keys);
                Assert.StartsWith("127.0.0.1:", request["Host"], StringComparison.Ordinal);
                Assert.Equal(16, Convert.FromBase64String(request["Key"]).Length);
                Assert.Equal("Clusters", request["Protocol"]);
                Assert.Equal("action=0&seq=1&key=a%26b", await connection.ReadTextAsync());
                await connection.SendTextAsync($"action=1000&seq=1&{Allocated}");
                await connection.FinishAsync();
            });
            var client = new ManagerClient([server.Address]);

            var allocation = await client.AllocateAsync("a&b");
            await client.DisposeAsync();
            await server.PlayedAsync();

            Assert.Equal(new ServerAddress("10.0.0.7", 9090), allocation.Worker);
            Assert.Equal(server.Address, allocation.Manager);
            Assert.Equal(("alpha", "tok_1"), (allocation.Node, allocation.Lease));
            Assert.Equal(TimeSpan.FromSeconds(10), allocation.ExpiresIn);
            Assert.Empty(allocation.Explanation);
        }

        [Fact]
        public async Task It_reads_the_explanation_it_asked_for()
        {
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                Assert.Equal("action=0&seq=1&explain=1", await connection.ReadTextAsync());
                await connection.SendTextAsync(
                    $"action=1000&seq=1&{Allocated}&explain=[{{\"node\":\"alpha\",\"state\":\"up\",\"load\":0.25,\"leases\":1,\"chosen\":true,\"reason\":\"chosen\"}}]");
            });
            var client = new ManagerClient([server.Address]);

            var allocation = await client.AllocateAsync(explain: true);

            Assert.Equal([new AllocationCandidate("alpha", ServerState.Up, 0.25, null, 1, true, "chosen")], allocation.Explanation);
        }

        [Fact]
        public async Task A_refusal_carries_code_sentence_and_explanation()
        {
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendTextAsync(
                    "action=2000&seq=1&code=no-capacity&msg=all 1 are full&explain=[{\"node\":\"alpha\",\"state\":\"up\",\"load\":1,\"reason\":\"full\"}]");
            });
            var client = new ManagerClient([server.Address]);

            var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => client.AllocateAsync(explain: true));

            Assert.Equal(("no-capacity", "all 1 are full"), (refusal.Code, refusal.Reason));
            Assert.Equal("full", Assert.Single(refusal.Explanation).Reason);
            Assert.Equal($"The manager at {server.Address} refused (no-capacity): all 1 are full.", refusal.Message);
        }

        [Theory]
        [InlineData("")]
        [InlineData(null)] // one character too many
        public async Task A_key_of_a_wrong_length_is_not_sent(string? key)
        {
            var client = new ManagerClient([ScriptedServer.Nobody()]);

            await Assert.ThrowsAsync<ArgumentException>(() => client.AllocateAsync(key ?? new string('k', 257)));
        }
    }

    public class Asked_for_a_view
    {
        [Fact]
        public async Task It_reads_more_than_a_mebibyte()
        {
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                Assert.Equal("action=9&seq=1", await connection.ReadTextAsync());
                var reply = Views.Fleet(4000).ToReply("1");
                var text = $"action=1000&seq=1&{string.Join('&', reply.Values.Select(value => $"{value.Name}={value.Value}"))}";
                Assert.True(text.Length > 1024 * 1024);
                await connection.SendTextAsync(text);
            });
            var client = new ManagerClient([server.Address]);

            var view = await client.ViewAsync();

            Assert.Equal(4000, view.Count);
            Assert.Equal(4000, view.Nodes.Count);
            Assert.Equal("node-3999", view.Nodes[^1].Node);
        }

        [Fact]
        public async Task A_reply_over_the_limit_is_refused_at_its_header()
        {
            byte[] rest = [];
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendAsync([0x81, 126, 0x03, 0xe9]);
                rest = await connection.ReadToEndAsync();
            });
            var client = new ManagerClient([server.Address], new ClientSettings { MaxReplyBytes = 1000 });

            var failure = await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.ViewAsync());
            await server.PlayedAsync();

            Assert.Contains("broke the protocol: a message may have 1000 bytes, this one has 1001", failure.Message, StringComparison.Ordinal);
            Assert.Equal([0x88, 0x02, 0x03, 0xf1], rest); // close 1009
        }
    }

    public class Receiving
    {
        public static TheoryData<string, int> Pieces => new()
        {
            { "one byte at a time", 1 },
            { "through the middle of the frame's header", 120 },
            { "in pieces of 7", 7 },
        };

        [Theory]
        [MemberData(nameof(Pieces))]
        public async Task Segments_may_be_split_anywhere(string how, int size)
        {
            Assert.NotEmpty(how);
            await using var server = ScriptedServer.Start(async connection =>
            {
                var request = await connection.ReadHandshakeAsync();

                // The first reply comes in the segments of the handshake response, ahead of its request.
                byte[] all = [.. ScriptedConnection.Response(request, "Clusters"), .. ScriptedConnection.Text($"action=1000&seq=1&{Allocated}")];
                foreach (var piece in all.Chunk(size))
                    await connection.SendAsync(piece);
                await connection.ReadTextAsync();
            });
            var client = new ManagerClient([server.Address]);

            Assert.Equal("alpha", (await client.AllocateAsync()).Node);
        }

        [Fact]
        public async Task Pings_are_answered_and_what_is_no_reply_is_refused_while_it_waits()
        {
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendAsync([0x0d, 0x0a]); // a late line end of the handshake
                await connection.SendAsync([0x89, 0x02, (byte)'h', (byte)'i']);
                Assert.Equal((0x8a, "hi"), await connection.ReadFrameAsync());
                await connection.SendAsync([0x8a, 0x00]); // a pong nobody asked for
                await connection.SendTextAsync("action=9&seq=x");
                Assert.StartsWith("action=2000&seq=x&code=unknown-action&", await connection.ReadTextAsync(), StringComparison.Ordinal);
                await connection.SendTextAsync("action=1000&seq=another");
                await connection.SendAsync(ScriptedConnection.Frame(0x01, Encoding.UTF8.GetBytes("action=1000&seq=1&")));
                await connection.SendAsync(ScriptedConnection.Frame(0x80, Encoding.UTF8.GetBytes(Allocated)));
                await connection.FinishAsync();
            });
            var client = new ManagerClient([server.Address]);

            Assert.Equal("alpha", (await client.AllocateAsync()).Node);
            await client.DisposeAsync();
            await server.PlayedAsync();
        }
    }

    public class Over_IPv6
    {
        [SkippableFact]
        public async Task It_names_itself_in_brackets()
        {
            Skip.IfNot(Socket.OSSupportsIPv6);
            var host = "";
            await using var server = ScriptedServer.Start(IPAddress.IPv6Loopback, async connection =>
            {
                host = (await connection.AcceptAsync())["Host"];
                await connection.ReadTextAsync();
                await connection.SendTextAsync("action=1000&seq=1&ip=::1&port=9090&node=alpha&lease=tok_1&expires=10");
            });
            var client = new ManagerClient([server.Address]);

            Assert.Equal("[::1]:9090", (await client.AllocateAsync()).Worker.ToString());
            Assert.StartsWith("[::1]:", host, StringComparison.Ordinal);
        }
    }
}
