using ClusterActors.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Client;

/// <summary>Commands of a <see cref="ManagerClient"/>: the same seq for ever, whatever becomes of the link.</summary>
public class ManagerCommandSpecs
{
    private const string Sent = "action=2&seq=t_1&count=2&node=w-1&by=alice";
    private const string Done = "action=1000&seq=t_1&before=2&after=4&took=0.25&node=w-1";

    private static readonly ServerCommand AddTwo = new ServerCommand.AddThreads(2);

    public class Executed
    {
        [Fact]
        public async Task It_tells_the_worker_the_values_and_the_time()
        {
            await using var server = ScriptedServer.Start(connection => AnswerAsync(connection, Done));
            await using var client = new ManagerClient([server.Address]);

            var outcome = await client.CommandAsync("w-1", AddTwo, "t_1", "alice");

            Assert.Equal(
                new CommandOutcome
                {
                    Node = "w-1",
                    Command = AddTwo,
                    Seq = "t_1",
                    Manager = server.Address,
                    Before = "2",
                    After = "4",
                    Took = TimeSpan.FromMilliseconds(0.25),
                },
                outcome);
        }

        [Fact]
        public async Task It_tells_what_else_the_worker_says()
        {
            await using var server = ScriptedServer.Start(connection => AnswerAsync(connection, "action=1000&seq=t_1&clients=3&finishing=1&kept=0&took=x"));
            await using var client = new ManagerClient([server.Address]);

            var outcome = await client.CommandAsync("w-1", AddTwo, "t_1", "alice");

            Assert.Equal((3, 1, false, null, null), (outcome.Clients, outcome.Finishing, outcome.IsKept, outcome.Took, outcome.Before));
        }

        [Fact]
        public async Task Without_a_seq_it_gets_a_new_one_each_time()
        {
            var seqs = new List<string>();
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                for (var i = 0; i < 2; i++)
                {
                    var seq = (await connection.ReadTextAsync()).Split('&')[1];
                    seqs.Add(seq);
                    await connection.SendTextAsync($"action=1000&{seq}");
                }
            });
            var client = new ManagerClient([server.Address]);

            await client.CommandAsync("w-1", AddTwo);
            await client.CommandAsync("w-1", AddTwo);

            Assert.All(seqs, seq => Assert.Matches("^seq=[0-9a-f]{24}$", seq));
            Assert.NotEqual(seqs[0], seqs[1]);
        }
    }

    public class Refused
    {
        [Fact]
        public async Task It_says_who_and_why()
        {
            await using var server = ScriptedServer.Start(connection => AnswerAsync(connection, "action=2000&seq=t_1&code=timeout&msg=w-1 did not answer"));
            var client = new ManagerClient([server.Address]);

            var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => client.CommandAsync("w-1", AddTwo, "t_1", "alice"));

            Assert.Equal(("timeout", "w-1 did not answer"), (refusal.Code, refusal.Reason));
        }

        [Fact]
        public async Task It_follows_to_the_authority_with_the_same_seq()
        {
            await using var holder = ScriptedServer.Start(connection => AnswerAsync(connection, Done));
            await using var other = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendTextAsync($"action=2000&seq=t_1&code=not-authority&msg=ask&ip={holder.Address.Host}&port={holder.Address.Port}&epoch=1");
            });
            var client = new ManagerClient([other.Address]);

            Assert.Equal(holder.Address, (await client.CommandAsync("w-1", AddTwo, "t_1", "alice")).Manager);
        }

        [Theory]
        [InlineData("", "t", "a")]
        [InlineData("w\n1", "t", "a")]
        [InlineData("w-1", "", "a")]
        [InlineData("w-1", "123456789012345678901234567890123", "a")]
        [InlineData("w-1", "t", "")]
        public async Task What_no_server_takes_is_not_sent(string node, string seq, string by)
        {
            var client = new ManagerClient([ScriptedServer.Nobody()]);

            await Assert.ThrowsAsync<ArgumentException>(() => client.CommandAsync(node, AddTwo, seq, by));
        }
    }

    public class When_the_answer_is_lost
    {
        [Fact]
        public async Task The_same_is_sent_again_on_a_new_link()
        {
            await using var server = ScriptedServer.Start(BreakAsync, connection => AnswerAsync(connection, Done));
            var client = new ManagerClient([server.Address]);

            Assert.Equal("4", (await client.CommandAsync("w-1", AddTwo, "t_1", "alice")).After);
            await client.DisposeAsync();
            await server.PlayedAsync();
        }

        [Fact]
        public async Task The_same_is_sent_to_the_next_manager()
        {
            await using var first = ScriptedServer.Start(BreakAsync, BreakAsync);
            await using var second = ScriptedServer.Start(connection => AnswerAsync(connection, Done));
            var client = new ManagerClient([first.Address, second.Address]);

            Assert.Equal(second.Address, (await client.CommandAsync("w-1", AddTwo, "t_1", "alice")).Manager);
        }

        [Fact]
        public async Task In_the_end_it_says_that_the_command_may_have_been_executed()
        {
            await using var server = ScriptedServer.Start(BreakAsync, BreakAsync);
            var client = new ManagerClient([server.Address]);

            var failure = await Assert.ThrowsAsync<CommandUncertainException>(() => client.CommandAsync("w-1", AddTwo, "t_1", "alice"));

            Assert.Equal(("w-1", "t_1"), (failure.Node, failure.Seq));
            Assert.Equal(
                $"No manager answered: {server.Address} closed the connection. "
                + "The command may have been executed by w-1 all the same: the same again with seq t_1 asks for its outcome.",
                failure.Message);
        }

        [Fact]
        public async Task By_a_link_that_was_kept_it_is_sent_again_too()
        {
            await using var server = ScriptedServer.Start(
                async connection =>
                {
                    await connection.AcceptAsync();
                    await connection.ReadTextAsync();
                    await connection.SendTextAsync("action=1000&count=0&epoch=0&manager=m&nodes=[]");
                    Assert.Equal(Sent, await connection.ReadTextAsync());
                },
                connection => AnswerAsync(connection, Done));
            var client = new ManagerClient([server.Address]);
            await client.ViewAsync();

            Assert.Equal("4", (await client.CommandAsync("w-1", AddTwo, "t_1", "alice")).After);
        }

        [Fact]
        public async Task A_manager_that_took_no_connection_has_executed_nothing()
        {
            var client = new ManagerClient([ScriptedServer.Nobody()]);

            await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.CommandAsync("w-1", AddTwo, "t_1"));
        }

        private static async Task BreakAsync(ScriptedConnection connection)
        {
            await connection.AcceptAsync();
            Assert.Equal(Sent, await connection.ReadTextAsync());
            await connection.SendAsync([0x88, 0x00]);
        }
    }

    private static async Task AnswerAsync(ScriptedConnection connection, string reply)
    {
        await connection.AcceptAsync();
        Assert.Equal(Sent, await connection.ReadTextAsync());
        await connection.SendTextAsync(reply);
        await connection.ReadToEndAsync();
    }
}
