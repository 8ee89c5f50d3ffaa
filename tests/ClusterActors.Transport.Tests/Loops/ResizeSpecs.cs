using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Loops;

public abstract class ResizeSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : ResizeSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : ResizeSpecs(PollEngine.Sockets);

    private readonly List<IActorRef> _servers = [];

    protected override int Loops => 2;

    [Fact]
    public async Task Loops_that_are_added_are_threads_with_numbers_of_their_own()
    {
        Assert.Equal(new IoActor.Resized(2, 4), await Host.ResizeAsync(4));

        Assert.Equal(4, Host.Group.Count);
        await Eventually.EqualsAsync("io-loop-0 io-loop-1 io-loop-2 io-loop-3", LoopThreads, "threads");
    }

    [Fact]
    public async Task A_loop_that_is_removed_ends_its_thread_and_its_number_is_not_used_again()
    {
        Assert.Equal(new IoActor.Resized(2, 1), await Host.ResizeAsync(1));
        await Eventually.EqualsAsync(1, () => LoopThreads().Split(' ').Length, "threads");

        Assert.Equal(new IoActor.Resized(1, 2), await Host.ResizeAsync(2));
        await Eventually.HoldsAsync(() => LoopThreads().Contains("io-loop-2", StringComparison.Ordinal), "a thread with a new number");
        Assert.Equal(2, Host.Group.Count);
    }

    [Fact]
    public async Task Removed_loops_leave_no_descriptor_behind()
    {
        await Host.ResizeAsync(3);
        await Host.ResizeAsync(1);
        var before = ProcessFacts.Descriptors();

        for (var i = 0; i < 20; i++)
        {
            await Host.ResizeAsync(4);
            await Host.ResizeAsync(1);
        }

        await Eventually.HoldsAsync(() => ProcessFacts.Descriptors() <= before + 8, "no more descriptors than before");
    }

    [Fact]
    public async Task The_connections_of_removed_loops_are_served_by_those_that_are_left()
    {
        await Host.ResizeAsync(4);
        var port = ListenEcho();
        var peers = await ConnectManyAsync(40, port);

        await Host.ResizeAsync(1);

        foreach (var peer in peers)
            await AssertServedAsync(peer);
        Assert.Equal(40, Host.Group.ConnectionCount);
        Assert.Single(await ThreadsAsync());
    }

    [Fact]
    public async Task Connections_that_are_there_are_shared_with_added_loops()
    {
        await Host.ResizeAsync(1);
        var port = ListenEcho();
        var peers = await ConnectManyAsync(40, port);

        await Host.ResizeAsync(4);

        var shares = await ThreadsAsync();
        Assert.Equal(4, shares.Count);
        Assert.All(shares.Values, share => Assert.InRange(share, 8, 12));
        foreach (var peer in peers)
            await AssertServedAsync(peer);
    }

    [Fact]
    public async Task Resizes_that_come_at_once_are_done_one_after_the_other()
    {
        var answers = await Task.WhenAll(Host.ResizeAsync(3), Host.ResizeAsync(1), Host.ResizeAsync(2));

        Assert.Equal([new(2, 3), new(3, 1), new(1, 2)], answers);
    }

    [Fact]
    public async Task Bytes_on_their_way_are_neither_lost_nor_doubled_nor_swapped()
    {
        var port = Host.Listen(connection => Props.Create(() => new NumberedConnection(connection, Journal)));
        var echoes = new List<Task>();
        using var over = new CancellationTokenSource();
        for (var i = 0; i < 8; i++)
        {
            var peer = await ConnectAsync(port);
            var server = await Journal.NextAsync<ConnectionNews.Opened>();
            echoes.Add(EchoAsync(peer, i, over.Token));
            echoes.Add(TellNumbersAsync(server.Actor, over.Token));
        }

        var random = new Random(7);
        for (var i = 0; i < 60; i++)
            await Host.ResizeAsync(random.Next(1, 5));
        await over.CancelAsync();
        await Task.WhenAll(echoes);

        Assert.Equal(8, Host.Group.ConnectionCount);
        await Host.StopLoopsAsync();
        for (var i = 0; i < 8; i++)
            await Journal.NextAsync<ConnectionNews.Stopped>();
    }

    [Fact]
    public async Task Sockets_that_arrive_while_loops_come_and_go_are_all_served()
    {
        var port = ListenEcho();
        using var over = new CancellationTokenSource();
        var connecting = ConnectAndCloseAsync(port, over.Token);

        for (var i = 0; i < 40; i++)
            await Host.ResizeAsync(1 + (i % 4));
        await over.CancelAsync();

        Assert.True(await connecting > 0);
        await Eventually.EqualsAsync(0, () => Host.Group.ConnectionCount, "connections");
    }

    private static string LoopThreads() =>
        string.Join(' ', ProcessFacts.Threads().Where(name => name.StartsWith("io-loop-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    private async Task<List<TcpPeer>> ConnectManyAsync(int count, Transport.Listening.AcceptLoop port)
    {
        var peers = new List<TcpPeer>();
        while (peers.Count < count)
        {
            peers.Add(await ConnectAsync(port));
            _servers.Add((await Journal.NextAsync<ConnectionNews.Opened>()).Actor);
        }

        return peers;
    }

    /// <summary>How many connections are on each thread.</summary>
    private async Task<Dictionary<string, int>> ThreadsAsync()
    {
        var threads = new Dictionary<string, int>();
        foreach (var server in _servers)
        {
            var thread = await TestConnection.AskAsync(server, _ => Thread.CurrentThread.Name!);
            threads[thread] = threads.GetValueOrDefault(thread) + 1;
        }

        return threads;
    }

    private static async Task AssertServedAsync(TcpPeer peer)
    {
        await peer.SendAsync("served"u8.ToArray());
        Assert.Equal("served"u8.ToArray(), await peer.ReadExactlyAsync(6));
    }

    private static async Task EchoAsync(TcpPeer peer, int seed, CancellationToken over)
    {
        for (var round = 0; !over.IsCancellationRequested; round++)
        {
            // Now and then more than one read of the loop takes.
            var bytes = Random(round % 10 == 9 ? 300_000 : 1 + (round * 37 % 5_000), seed);
            var sending = peer.SendAsync(bytes);
            Assert.Equal(bytes, await peer.ReadExactlyAsync(bytes.Length));
            await sending;
        }
    }

    private static async Task TellNumbersAsync(IActorRef actor, CancellationToken over)
    {
        for (var number = 0; !over.IsCancellationRequested; number++)
        {
            actor.Tell(number);
            if (number % 100 == 0)
                await Task.Yield();
            if (number % 1_000 == 0)
                await TestConnection.DoAsync(actor, _ => { });
        }
    }

    private static async Task<int> ConnectAndCloseAsync(Transport.Listening.AcceptLoop port, CancellationToken over)
    {
        var count = 0;
        for (; !over.IsCancellationRequested; count++)
        {
            using var peer = await TcpPeer.ConnectAsync(port.Endpoint);
            await AssertServedAsync(peer);
        }

        return count;
    }
}
