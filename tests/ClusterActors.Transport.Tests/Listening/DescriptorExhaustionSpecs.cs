using ClusterActors.TestSupport;
using ClusterActors.Transport.Polling;
using Xunit;

namespace ClusterActors.Transport.Tests.Listening;

public sealed class DescriptorExhaustionSpecs
{
    private const int Allowed = 100;

    [Theory]
    [InlineData(PollEngine.Epoll)]
    [InlineData(PollEngine.Sockets)]
    public async Task Accepting_pauses_says_so_and_goes_on_when_descriptors_are_free_again(PollEngine engine)
    {
        await using var process = ListenerProcess.Start([], engine, port: 0, descriptors: Allowed);
        var endpoint = await process.ListensAsync();
        var peers = new List<TcpPeer>();
        try
        {
            for (var i = 0; i < 2 * Allowed; i++)
                peers.Add(await TcpPeer.ConnectAsync(endpoint));
            Assert.Contains("file descriptors", await process.SaysAsync(ListenerProgram.Paused), StringComparison.Ordinal);
            await AssertServedAsync(peers[0]);

            foreach (var peer in peers.SkipLast(1))
                peer.Dispose();

            await process.SaysAsync(ListenerProgram.Resumed);
            await AssertServedAsync(peers[^1]);
            Assert.Equal(0, await process.EndAsync());
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    private static async Task AssertServedAsync(TcpPeer peer)
    {
        await peer.SendAsync("served"u8.ToArray());
        Assert.Equal("served"u8.ToArray(), await peer.ReadExactlyAsync(6));
    }
}
