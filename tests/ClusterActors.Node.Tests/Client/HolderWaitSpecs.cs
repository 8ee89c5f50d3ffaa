using System.Globalization;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Node.Tests.Client;

/// <summary>What a <see cref="ManagerClient"/> does while nobody holds management authority.</summary>
public class HolderWaitSpecs
{
    private const string Unknown = "action=2000&code=not-authority&msg=no holder";
    private const string Allocated = "action=1000&ip=10.0.0.7&port=9090&node=alpha&lease=tok_1&expires=10&epoch=8";

    [Fact]
    public async Task It_goes_round_until_one_of_the_managers_is_the_holder()
    {
        await using var first = ScriptedServer.Start(Answering(Unknown, Unknown, Unknown));
        await using var second = ScriptedServer.Start(Answering(Unknown, Unknown, Allocated));
        await using var client = new ManagerClient([first.Address, second.Address]);

        Assert.Equal(second.Address, (await client.AllocateAsync("k")).Manager);
        await client.DisposeAsync();
        await first.PlayedAsync();
    }

    [Fact]
    public async Task It_asks_again_when_the_holder_that_is_named_is_dead()
    {
        var dead = ScriptedServer.Nobody();
        await using var server = ScriptedServer.Start(Answering(NotMe(dead), NotMe(dead), Allocated));
        await using var client = new ManagerClient([server.Address]);

        Assert.Equal("alpha", (await client.AllocateAsync()).Node);
    }

    [Fact]
    public async Task A_holder_that_died_under_a_kept_link_is_replaced_by_the_one_that_takes_over()
    {
        var holder = ScriptedServer.Start(async connection =>
        {
            await connection.AcceptAsync();
            await connection.ReadTextAsync();
            await connection.SendTextAsync(Allocated);
        });
        await using var other = ScriptedServer.Start(Answering(NotMe(holder.Address), Unknown, Allocated));
        await using var client = new ManagerClient([other.Address]);
        Assert.Equal(holder.Address, (await client.AllocateAsync()).Manager);
        await holder.DisposeAsync();

        Assert.Equal(other.Address, (await client.AllocateAsync()).Manager);
    }

    [Fact]
    public async Task A_command_keeps_its_seq_through_all_rounds()
    {
        var seen = new List<string>();
        Func<ScriptedConnection, Task> Script(string reply) => async connection =>
        {
            await connection.AcceptAsync();
            seen.Add(await connection.ReadTextAsync());
            await connection.SendTextAsync(reply);
            await connection.FinishAsync();
        };
        await using var server = ScriptedServer.Start(
            Script(Unknown), Script("action=2000&code=stale-epoch&msg=epoch 8 is newer than 7"), Script("action=1000&before=2&after=4"));
        await using var client = new ManagerClient([server.Address]);

        Assert.Equal("4", (await client.CommandAsync("w-1", new ServerCommand.AddThreads(2))).After);
        await client.DisposeAsync();
        await server.PlayedAsync();

        Assert.Equal(3, seen.Count);
        Assert.Single(seen.Distinct());
        Assert.Matches("^action=2&seq=[0-9a-f]{24}&count=2&node=w-1$", seen[0]);
    }

    [Fact]
    public async Task At_the_limit_it_gives_up_and_says_why_there_is_none()
    {
        var time = new FakeTimeProvider();
        await using var server = ScriptedServer.Start([.. Enumerable.Repeat(Answering(Unknown)[0], 100)]);
        var settings = new ClientSettings { Timeout = TimeSpan.FromHours(1), HandshakeTimeout = TimeSpan.FromHours(1) };
        await using var client = new ManagerClient([server.Address], settings, time);

        var start = time.GetUtcNow();
        var asking = client.AllocateAsync();
        while (!asking.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }

        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => asking);
        Assert.Equal(("not-authority", "no holder"), (refusal.Code, refusal.Reason));
        Assert.True(time.GetUtcNow() - start >= TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_at_once()
    {
        using var stop = new CancellationTokenSource();
        await using var server = ScriptedServer.Start(async connection =>
        {
            await Managers.Reply(connection, Unknown);
            await stop.CancelAsync();
        });
        await using var client = new ManagerClient([server.Address], new ClientSettings { AuthorityWait = TimeSpan.FromHours(1) }, new FakeTimeProvider());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.AllocateAsync(cancellation: stop.Token));
    }

    [Fact]
    public async Task Nobody_is_waited_for_when_no_manager_answers_at_all()
    {
        // With this clock a pause would never end.
        await using var client = new ManagerClient([ScriptedServer.Nobody()], time: new FakeTimeProvider());

        await Assert.ThrowsAsync<ManagerUnreachableException>(() => client.AllocateAsync());
    }

    [Fact]
    public async Task A_view_does_not_wait()
    {
        await using var server = ScriptedServer.Start(Answering(Unknown));
        await using var client = new ManagerClient([server.Address], time: new FakeTimeProvider());

        await Assert.ThrowsAsync<RequestRefusedException>(() => client.ViewAsync());
    }

    [Theory]
    [InlineData(0, 0, 50)]
    [InlineData(0, 1, 100)]
    [InlineData(1, 1, 200)]
    [InlineData(3, 0.5, 600)]
    [InlineData(4, 1, 1000)]
    [InlineData(int.MaxValue, 0, 500)]
    public void Pauses_grow_from_100_ms_to_1_s_and_are_spread(int round, double random, int milliseconds) =>
        Assert.Equal(milliseconds, HolderPause.Of(round, random).TotalMilliseconds);

    private static Func<ScriptedConnection, Task>[] Answering(params string[] replies) =>
        [.. replies.Select<string, Func<ScriptedConnection, Task>>(reply => connection => Managers.Reply(connection, reply))];

    private static string NotMe(ServerAddress holder) => string.Create(
        CultureInfo.InvariantCulture, $"action=2000&code=not-authority&msg=ask {holder}&ip={holder.Host}&port={holder.Port}&epoch=7");
}
