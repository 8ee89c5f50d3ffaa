using ClusterActors.Client;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Node.Tests.Client;

/// <summary>What a <see cref="ManagerClient"/> makes of a far end that does not do its part.</summary>
public class HostilePeerSpecs
{
    public class During_the_handshake
    {
        [Theory]
        [InlineData("CshBBrain\r\nHost:x\r\nAccept:AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\nProtocol:Clusters\r\n",
            "did not accept the handshake: Accept 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' does not answer the key that was sent")]
        [InlineData("CshBBrain\r\nHost:x\r\nProtocol:Clusters\r\n",
            "did not accept the handshake: there is no Accept line; it must stand before Protocol")]
        [InlineData("CshBBrain\r\nError:go away\r\n",
            "did not accept the handshake: refused by the far end: go away")]
        [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n",
            "did not accept the handshake: the first line is 'HTTP/1.1 400 Bad Request'; it must be CshBBrain")]
        [InlineData("CshBBrain\r\nHo", "broke off in the middle of the handshake")]
        public async Task A_wrong_answer_is_named(string answer, string reason)
        {
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.ReadHandshakeAsync();
                await connection.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer));
            });
            await using var client = new ManagerClient([server.Address]);

            var failure = await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.ViewAsync());

            Assert.Equal($"No manager answered: {server.Address} {reason}.", failure.Message);
        }

        [Fact]
        public async Task Silence_to_both_forms_ends_after_the_timeout_of_each()
        {
            var time = new FakeTimeProvider();
            var settings = new ClientSettings();
            async Task Silent(ScriptedConnection connection)
            {
                await connection.ReadHandshakeAsync();
                time.Advance(settings.HandshakeTimeout);
                Assert.Empty(await connection.ReadToEndAsync());
            }

            await using var server = ScriptedServer.Start(Silent, Silent);
            await using var client = new ManagerClient([server.Address], settings, time);

            var failure = await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.ViewAsync());

            Assert.Equal("accepts connections but does not answer the handshake (is this its port?)", Assert.Single(failure.Attempts).Reason);
        }
    }

    public class After_the_request
    {
        public static TheoryData<string, byte[], string> Answers => new()
        {
            { "half a frame", [0x81, 0x20, .. "action=1000"u8], "broke off in the middle of a message" },
            { "half a message", [0x01, 0x03, .. "act"u8], "broke off in the middle of a message" },
            { "nothing", [], "closed the connection" },
            { "a close", [0x88, 0x00], "closed the connection" },
            { "a close with a reason", [0x88, 0x07, 0x03, 0xf5, .. "later"u8], "closed the connection with code 1013: later" },
            { "a reserved opcode", [0x83, 0x00], "broke the protocol: opcode 3 is reserved" },
            { "binary", [0x82, 0x01, 0x00], "sent a binary message where a reply was due" },
            { "a done reply without what was asked for", [0x81, 0x11, .. "action=1000&seq=1"u8], "sent a reply that cannot be read: the reply has no count" },
            { "a reply that is none", [0x81, 0x15, .. "action=1000&seq=1&a=%"u8], "sent a reply that cannot be read" },
        };

        [Theory]
        [MemberData(nameof(Answers))]
        public async Task What_came_is_named(string what, byte[] answer, string reason)
        {
            Assert.NotEmpty(what);
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendAsync(answer);
            });
            await using var client = new ManagerClient([server.Address]);

            var failure = await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.ViewAsync());

            Assert.StartsWith(reason, Assert.Single(failure.Attempts).Reason, StringComparison.Ordinal);
        }

        [Fact]
        public async Task A_close_is_answered()
        {
            byte[] rest = [];
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendAsync([0x88, 0x00]);
                rest = await connection.ReadToEndAsync();
            });
            await using var client = new ManagerClient([server.Address]);

            await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.ViewAsync());
            await server.PlayedAsync();

            Assert.Equal([0x88, 0x00], rest);
        }

        [Fact]
        public async Task Silence_ends_after_the_timeout_and_the_next_manager_is_asked()
        {
            var time = new FakeTimeProvider();
            await using var silent = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                time.Advance(TimeSpan.FromSeconds(5));
                await connection.ReadToEndAsync();
            });
            var nobody = ScriptedServer.Nobody();
            await using var client = new ManagerClient([silent.Address, nobody], time: time);

            var failure = await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.ViewAsync());

            Assert.Equal([silent.Address, nobody], failure.Attempts.Select(attempt => attempt.Manager));
            Assert.Equal("did not answer within 5 s", failure.Attempts[0].Reason);
        }

        [Fact]
        public async Task Whoever_gives_up_may_ask_again_and_gets_no_late_reply()
        {
            using var giveUp = new CancellationTokenSource();
            await using var server = ScriptedServer.Start(
                async connection =>
                {
                    await connection.AcceptAsync();
                    await connection.ReadTextAsync();
                    await giveUp.CancelAsync();
                    await connection.ReadToEndAsync();
                },
                async connection =>
                {
                    await connection.AcceptAsync();
                    await connection.ReadTextAsync();
                    await connection.SendTextAsync("action=1000&seq=1&count=0&epoch=0&manager=m&nodes=[]");
                });
            await using var client = new ManagerClient([server.Address]);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ViewAsync(giveUp.Token));

            Assert.Equal("m", (await client.ViewAsync()).Manager);
        }
    }
}
