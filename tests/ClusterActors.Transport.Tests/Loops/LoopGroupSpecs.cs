using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Loops;

public abstract class LoopGroupSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : LoopGroupSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : LoopGroupSpecs(PollEngine.Sockets);

    protected override int Loops => 3;

    [Fact]
    public async Task Connections_are_spread_evenly()
    {
        await OpenAsync(30, ListenWhere());

        Assert.Equal([10, 10, 10], await WhereAsync(30));
        Assert.Equal(30, Host.Group.ConnectionCount);
    }

    [Fact]
    public async Task A_burst_is_spread_evenly_though_one_loop_is_busy()
    {
        var port = ListenWhere();
        using (await Host.HoldLoopAsync())
        {
            await OpenAsync(30, port);
            await Eventually.EqualsAsync(30, () => Host.Group.ConnectionCount, "connections, with those on their way");
        }

        Assert.Equal([10, 10, 10], await WhereAsync(30));
    }

    [Fact]
    public async Task New_ones_go_where_the_fewest_are()
    {
        var port = ListenWhere();
        var leaving = new List<TcpPeer>();
        for (var i = 0; i < 30; i++)
        {
            var peer = (await OpenAsync(1, port))[0];
            if ((await ThreadsAsync(1))[0] == "io-loop-1")
                leaving.Add(peer);
        }

        leaving.ForEach(peer => peer.Dispose());

        await Eventually.EqualsAsync(20, () => Host.Group.ConnectionCount, "connections");
        await OpenAsync(10, port);

        Assert.All(await ThreadsAsync(10), thread => Assert.Equal("io-loop-1", thread));
    }

    [Fact]
    public async Task Short_connections_one_after_the_other_use_every_loop()
    {
        var port = ListenWhere();
        var threads = new HashSet<string>();
        for (var i = 0; i < 6; i++)
        {
            using (await TcpPeer.ConnectAsync(port.Endpoint))
                threads.Add((await Journal.NextAsync<ConnectionNews.Told>()).Message.ToString()!);
            await Eventually.EqualsAsync(0, () => Host.Group.ConnectionCount, "connections");
        }

        Assert.Equal(3, threads.Count);
    }

    private Transport.Listening.AcceptLoop ListenWhere() =>
        Host.Listen(connection => Props.Create(() => new WhereConnection(connection, Journal)));

    private async Task<List<TcpPeer>> OpenAsync(int count, Transport.Listening.AcceptLoop port)
    {
        var peers = new List<TcpPeer>();
        while (peers.Count < count)
            peers.Add(await ConnectAsync(port));
        return peers;
    }

    /// <summary>How many of the next connections are on each loop.</summary>
    private async Task<List<int>> WhereAsync(int count) =>
        [.. (await ThreadsAsync(count)).GroupBy(thread => thread).OrderBy(group => group.Key).Select(group => group.Count())];

    private async Task<List<string>> ThreadsAsync(int count)
    {
        var threads = new List<string>();
        while (threads.Count < count)
            threads.Add((await Journal.NextAsync<ConnectionNews.Told>()).Message.ToString()!);
        return threads;
    }
}
