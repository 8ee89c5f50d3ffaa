using System.Globalization;
using ClusterActors.Client;

namespace ClusterActors.Node.Tests.Client;

/// <summary>Which manager a <see cref="ManagerClient"/> asks, and which next.</summary>
public class ManagerChoiceSpecs
{
    private const string Allocated = "ip=10.0.0.7&port=9090&node=alpha&lease=tok_1&expires=10";

    private static readonly ClientSettings Impatient = new() { AuthorityWait = TimeSpan.Zero };

    public class With_several_managers
    {
        [Fact]
        public async Task One_that_is_dead_is_skipped()
        {
            await using var server = ScriptedServer.Start(AllocateOnce);
            var client = new ManagerClient([ScriptedServer.Nobody(), server.Address]);

            Assert.Equal(server.Address, (await client.AllocateAsync()).Manager);
        }

        [Fact]
        public async Task The_link_that_answered_is_kept()
        {
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                for (var seq = 1; seq <= 3; seq++)
                {
                    Assert.Equal($"action=0&seq={seq}", await connection.ReadTextAsync());
                    await connection.SendTextAsync($"action=1000&seq={seq}&{Allocated}");
                }
            });
            var client = new ManagerClient([server.Address]);

            for (var i = 0; i < 3; i++)
                Assert.Equal("alpha", (await client.AllocateAsync()).Node);
        }

        [Fact]
        public async Task A_kept_link_that_was_closed_meanwhile_is_dialed_anew()
        {
            await using var server = ScriptedServer.Start(AllocateOnce, AllocateOnce);
            var client = new ManagerClient([server.Address]);

            Assert.Equal("alpha", (await client.AllocateAsync()).Node);
            Assert.Equal("alpha", (await client.AllocateAsync()).Node);
            await server.PlayedAsync();
        }

        [Fact]
        public async Task When_all_are_dead_each_is_named_with_its_reason()
        {
            var (first, second) = (ScriptedServer.Nobody(), ScriptedServer.Nobody());
            var client = new ManagerClient([first, second]);

            var failure = await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.ViewAsync());

            Assert.Equal([first, second], failure.Attempts.Select(attempt => attempt.Manager));
            Assert.Equal(
                $"No manager answered: {first} refuses connections (is the server running, and is this its port?); "
                + $"{second} refuses connections (is the server running, and is this its port?).",
                failure.Message);
        }

        [Fact]
        public async Task It_asks_one_thing_at_a_time()
        {
            var asked = new TaskCompletionSource();
            var go = new TaskCompletionSource();
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                asked.SetResult();
                await go.Task;
                await connection.SendTextAsync($"action=1000&seq=1&{Allocated}");
            });
            var client = new ManagerClient([server.Address]);

            var first = client.AllocateAsync();
            await asked.Task;
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.ViewAsync());
            go.SetResult();

            Assert.Equal("alpha", (await first).Node);
        }

        private static async Task AllocateOnce(ScriptedConnection connection)
        {
            await connection.AcceptAsync();
            await connection.ReadTextAsync();
            await connection.SendTextAsync($"action=1000&seq=1&{Allocated}");
        }
    }

    public class Sent_to_another_manager
    {
        [Fact]
        public async Task It_follows_to_the_authority()
        {
            await using var holder = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                Assert.Equal("action=0&seq=1&key=k", await connection.ReadTextAsync());
                await connection.SendTextAsync($"action=1000&seq=1&{Allocated}");
            });
            await using var other = ScriptedServer.Start(connection => SendOn(connection, holder.Address));
            var client = new ManagerClient([other.Address]);

            Assert.Equal(holder.Address, (await client.AllocateAsync("k")).Manager);
        }

        [Fact]
        public async Task It_does_not_follow_in_circles()
        {
            var asked = 0;
            ScriptedServer? server = null;
            Task Again(ScriptedConnection connection)
            {
                asked++;
                return SendOn(connection, server!.Address);
            }

            server = ScriptedServer.Start(Again, Again, Again, Again);
            await using var _ = server;
            var client = new ManagerClient([server.Address], Impatient);

            var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => client.AllocateAsync());

            Assert.Equal("not-authority", refusal.Code);
            Assert.Equal(3, asked); // once, and twice as told
        }

        [Fact]
        public async Task A_holder_that_is_dead_is_named()
        {
            var nobody = ScriptedServer.Nobody();
            await using var server = ScriptedServer.Start(connection => SendOn(connection, nobody));
            var client = new ManagerClient([server.Address], Impatient);

            var failure = await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.AllocateAsync());

            Assert.Equal(nobody, Assert.Single(failure.Attempts).Manager);
        }

        [Theory]
        [InlineData("")]
        [InlineData("&ip=&port=9292")]
        [InlineData("&ip=127.0.0.1")]
        [InlineData("&ip=127.0.0.1&port=0")]
        [InlineData("&ip=127.0.0.1&port=65536")]
        public async Task Without_the_holders_address_the_next_of_the_list_is_asked(string holder)
        {
            await using var other = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendTextAsync($"action=2000&seq=1&code=not-authority&msg=I am none{holder}");
            });
            await using var second = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                await connection.ReadTextAsync();
                await connection.SendTextAsync($"action=1000&seq=1&{Allocated}");
            });
            var client = new ManagerClient([other.Address, second.Address]);

            Assert.Equal(second.Address, (await client.AllocateAsync()).Manager);
        }

        [Fact]
        public async Task A_holder_that_was_found_dead_is_not_dialed_again()
        {
            var nobody = ScriptedServer.Nobody();
            await using var server = ScriptedServer.Start(connection => SendOn(connection, nobody));
            var client = new ManagerClient([nobody, server.Address], Impatient);

            var failure = await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.AllocateAsync());

            Assert.Equal(nobody, Assert.Single(failure.Attempts).Manager);
        }

        [Fact]
        public async Task Managers_that_name_no_holder_use_up_no_redirect()
        {
            await using var holder = ScriptedServer.Start(connection => Managers.Reply(connection, $"action=1000&{Allocated}"));
            await using var fourth = ScriptedServer.Start(connection => SendOn(connection, holder.Address));
            await using var others = ScriptedServer.Start(Unknowing);
            await using var more = ScriptedServer.Start(Unknowing);
            await using var last = ScriptedServer.Start(Unknowing);
            await using var client = new ManagerClient([others.Address, more.Address, last.Address, fourth.Address], Impatient);

            Assert.Equal(holder.Address, (await client.AllocateAsync()).Manager);
        }

        [Fact]
        public async Task Without_a_holder_the_reason_is_told_although_another_manager_is_dead()
        {
            await using var server = ScriptedServer.Start(Unknowing);
            var client = new ManagerClient([ScriptedServer.Nobody(), server.Address], Impatient);

            var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => client.AllocateAsync());

            Assert.Equal(("not-authority", "no holder"), (refusal.Code, refusal.Reason));
        }

        private static Task Unknowing(ScriptedConnection connection) => Managers.Reply(connection, "action=2000&code=not-authority&msg=no holder");

        private static async Task SendOn(ScriptedConnection connection, ServerAddress to)
        {
            await connection.AcceptAsync();
            await connection.ReadTextAsync();
            await connection.SendTextAsync(
                string.Create(CultureInfo.InvariantCulture, $"action=2000&seq=1&code=not-authority&msg=ask {to}&ip={to.Host}&port={to.Port}&epoch=3"));
        }
    }
}
