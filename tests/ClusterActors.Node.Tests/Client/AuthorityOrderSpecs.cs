using ClusterActors.Client;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Node.Tests.Client;

/// <summary>Orders of a <see cref="ManagerClient"/> about management authority.</summary>
public class AuthorityOrderSpecs
{
    private const string Moved = "action=1000&node=w-2&ip=127.0.0.1&port=9294&epoch=8&took=43.5";

    public class Handing_over
    {
        [Fact]
        public async Task It_goes_to_the_holder_and_tells_who_holds_it_now()
        {
            await using var holder = ScriptedServer.Start(connection => AnswerAsync(connection, "^action=6&seq=[0-9a-f]{24}&node=w-2&by=alice$", Moved));
            await using var other = ScriptedServer.Start(connection => AnswerAsync(
                connection, "^action=6&", $"action=2000&code=not-authority&msg=ask&ip={holder.Address.Host}&port={holder.Address.Port}&epoch=7"));
            await using var client = new ManagerClient([other.Address]);

            var outcome = await client.HandOverAsync("w-2", "alice");

            Assert.Equal(new AuthorityOutcome("w-2", new ServerAddress("127.0.0.1", 9294), 8, TimeSpan.FromMilliseconds(43.5)), outcome);
        }

        [Fact]
        public async Task While_there_is_no_holder_it_is_asked_for_again()
        {
            await using var server = ScriptedServer.Start(
                connection => Managers.Reply(connection, "action=2000&code=not-authority&msg=no holder"), connection => Managers.Reply(connection, Moved));
            await using var client = new ManagerClient([server.Address]);

            Assert.Equal("w-2", (await client.HandOverAsync("w-2")).Node);
        }

        [Fact]
        public async Task An_order_whose_answer_was_lost_is_sent_again_with_its_seq()
        {
            var seen = new List<string>();
            await using var server = ScriptedServer.Start(connection => BreakAsync(connection, seen), connection => AnswerAsync(connection, seen, Moved));
            await using var client = new ManagerClient([server.Address]);

            Assert.Equal(8, (await client.HandOverAsync("w-2")).Epoch);

            Assert.Equal(2, seen.Count);
            Assert.Single(seen.Distinct());
        }

        [Fact]
        public async Task In_the_end_it_says_that_authority_may_have_moved()
        {
            await using var server = ScriptedServer.Start(connection => BreakAsync(connection, []), connection => BreakAsync(connection, []));
            await using var client = new ManagerClient([server.Address]);

            var failure = await Assert.ThrowsAsync<AuthorityUncertainException>(() => client.HandOverAsync("w-2"));

            Assert.Equal(
                $"No manager answered: {server.Address} closed the connection. "
                + "All the same w-2 may hold management authority: the view of the fleet (status) tells.",
                failure.Message);
        }

        [Theory]
        [InlineData("ip=127.0.0.1&port=9294&epoch=8", "it does not name the holder")]
        [InlineData("node=w-2&ip=127.0.0.1&port=0&epoch=8", "it does not tell the holder's address")]
        [InlineData("node=w-2&ip=127.0.0.1&port=9294&epoch=x", "it does not tell the epoch")]
        public async Task A_reply_that_does_not_say_who_holds_it_is_none(string values, string words)
        {
            Task Script(ScriptedConnection connection) => AnswerAsync(connection, [], "action=1000&" + values);
            await using var server = ScriptedServer.Start(Script, Script);
            await using var client = new ManagerClient([server.Address]);

            var failure = await Assert.ThrowsAsync<AuthorityUncertainException>(() => client.HandOverAsync("w-2"));

            Assert.Contains($"{server.Address} sent a reply that cannot be read: {words}.", failure.Message, StringComparison.Ordinal);
        }

        [Theory]
        [InlineData("", "a")]
        [InlineData("w\n2", "a")]
        [InlineData("w-2", "")]
        public async Task What_no_server_takes_is_not_sent(string node, string by)
        {
            var client = new ManagerClient([ScriptedServer.Nobody()]);

            await Assert.ThrowsAsync<ArgumentException>(() => client.HandOverAsync(node, by));
        }
    }

    public class Forcing_and_readmitting
    {
        private static readonly ServerAddress[] Voters = [new("10.0.0.7", 9292), new("::1", 9292)];

        [Fact]
        public async Task The_voters_are_sent_with_the_confirmation()
        {
            await using var server = ScriptedServer.Start(connection => AnswerAsync(
                connection, @"^action=71&seq=[0-9a-f]{24}&voters=10\.0\.0\.7:9292,\[::1\]:9292&confirm=1&by=alice$", "action=1000&epoch=1048580"));
            await using var client = new ManagerClient([server.Address]);

            Assert.Equal(new AuthorityOutcome(null, null, 1048580, null), await client.ForceAuthorityAsync(Voters, "alice"));
        }

        [Fact]
        public async Task A_readmission_is_sent()
        {
            await using var server = ScriptedServer.Start(connection => AnswerAsync(
                connection, "^action=72&seq=[0-9a-f]{24}&by=alice$", "action=1000&node=m-3&epoch=9&took=5100"));
            await using var client = new ManagerClient([server.Address]);

            Assert.Equal(new AuthorityOutcome("m-3", null, 9, TimeSpan.FromMilliseconds(5100)), await client.ReadmitAsync("alice"));
        }

        [Fact]
        public async Task They_go_to_the_first_manager_and_to_no_other()
        {
            // The second would be asked if this were any other request: by the order, by the redirect, and by the link that is kept.
            await using var second = ScriptedServer.Start(async connection =>
            {
                await connection.AcceptAsync();
                Assert.StartsWith("action=9&", await connection.ReadTextAsync(), StringComparison.Ordinal);
                await connection.SendTextAsync("action=1000&count=0&epoch=0&manager=m&nodes=[]");
                await connection.FinishAsync();
            });
            var sendOn = $"action=2000&code=not-authority&msg=ask&ip={second.Address.Host}&port={second.Address.Port}&epoch=7";
            await using var first = ScriptedServer.Start(
                connection => Managers.Reply(connection, sendOn), connection => Managers.Reply(connection, sendOn));
            await using var client = new ManagerClient([first.Address, second.Address], time: new FakeTimeProvider());
            await client.ViewAsync();

            var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => client.ForceAuthorityAsync(Voters));

            Assert.Equal((first.Address, "not-authority"), (refusal.Manager, refusal.Code));
        }

        [Fact]
        public async Task They_are_sent_once_and_may_have_been_carried_out()
        {
            var seen = new List<string>();
            await using var server = ScriptedServer.Start(
                connection => BreakAsync(connection, seen), connection => BreakAsync(connection, seen), connection => BreakAsync(connection, seen));
            await using var client = new ManagerClient([server.Address, server.Address]);

            var force = await Assert.ThrowsAsync<AuthorityUncertainException>(() => client.ForceAuthorityAsync(Voters));
            var readmit = await Assert.ThrowsAsync<AuthorityUncertainException>(() => client.ReadmitAsync());

            Assert.Equal(["action=71", "action=72"], seen.Select(text => text.Split('&')[0]));
            Assert.Contains($"All the same {server.Address} may go on with these voters: ", force.Message, StringComparison.Ordinal);
            Assert.Contains($"All the same {server.Address} may be admitted: ", readmit.Message, StringComparison.Ordinal);
        }

        [Fact]
        public async Task A_server_that_took_no_connection_has_done_nothing()
        {
            var client = new ManagerClient([ScriptedServer.Nobody()]);

            await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.ForceAuthorityAsync(Voters));
        }

        [Theory]
        [InlineData(0)]
        [InlineData(6)]
        [InlineData(-1)] // one twice
        public async Task What_cannot_be_a_set_of_voters_is_not_sent(int count)
        {
            var client = new ManagerClient([ScriptedServer.Nobody()]);
            ServerAddress[] voters = count < 0 ? [Voters[0], Voters[0]] : [.. Enumerable.Range(1, count).Select(port => new ServerAddress("a", port))];

            await Assert.ThrowsAsync<ArgumentException>(() => client.ForceAuthorityAsync(voters));
        }
    }

    private static async Task AnswerAsync(ScriptedConnection connection, string pattern, string reply)
    {
        await connection.AcceptAsync();
        Assert.Matches(pattern, await connection.ReadTextAsync());
        await connection.SendTextAsync(reply);
        await connection.ReadToEndAsync();
    }

    private static async Task AnswerAsync(ScriptedConnection connection, List<string> seen, string reply)
    {
        await connection.AcceptAsync();
        seen.Add(await connection.ReadTextAsync());
        await connection.SendTextAsync(reply);
        await connection.ReadToEndAsync();
    }

    private static async Task BreakAsync(ScriptedConnection connection, List<string> seen)
    {
        await connection.AcceptAsync();
        seen.Add(await connection.ReadTextAsync());
        await connection.SendAsync([0x88, 0x00]);
    }
}
