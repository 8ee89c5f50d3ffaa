using System.Buffers;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public abstract class FarEndSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : FarEndSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : FarEndSpecs(PollEngine.Sockets);

    private const int MoreThanBuffersHold = 16 * 1024 * 1024;
    private const int SmallReceiveBuffer = 16 * 1024;

    protected override ConnectionSettings Settings { get; } = new() { OutputLimit = MoreThanBuffersHold };

    [Fact]
    public async Task Its_end_of_stream_ends_the_connection()
    {
        var (peer, _) = await PairAsync(Framed);
        await peer.SendAsync(FramedConnection.Frame("all of it"u8));

        peer.FinishSending();

        Assert.Equal(FramedConnection.Frame("all of it"u8), await peer.ReadToEndAsync());
        await EndedAsync(ConnectionEnd.EndOfStream, SocketError.Success);
    }

    [Theory]
    [InlineData(1)] // inside the header
    [InlineData(4)] // after the header
    [InlineData(99)] // inside the payload
    public async Task Its_end_of_stream_inside_a_frame_is_not_taken_for_a_clean_end(int sent)
    {
        var (peer, _) = await PairAsync(Framed);
        await peer.SendAsync(FramedConnection.Frame(new byte[100]).AsMemory(0, sent));

        peer.FinishSending();

        await EndedAsync(ConnectionEnd.EndOfStreamInsideFrame, SocketError.Success);
    }

    [Fact]
    public async Task Once_it_has_finished_sending_it_still_gets_all_its_answers()
    {
        var (peer, _) = await PairAsync(Echo, SmallReceiveBuffer);
        var bytes = Random(MoreThanBuffersHold);

        var sending = peer.SendAsync(bytes).ContinueWith(_ => peer.FinishSending(), TaskScheduler.Default);
        var echo = await peer.ReadToEndAsync();
        await sending;

        Assert.True(bytes.AsSpan().SequenceEqual(echo));
        await EndedAsync(ConnectionEnd.EndOfStream, SocketError.Success);
    }

    [Fact]
    public async Task Its_reset_breaks_the_connection()
    {
        var (peer, _) = await PairAsync(Echo);

        peer.Reset();

        await EndedAsync(ConnectionEnd.Broken, SocketError.ConnectionReset);
    }

    [Fact]
    public async Task Its_reset_while_output_waits_breaks_the_connection()
    {
        var (peer, server) = await PairAsync(Echo, SmallReceiveBuffer);
        await TestConnection.DoAsync(server.Actor, connection => connection.Output.Write(new byte[MoreThanBuffersHold]));
        Assert.True(await TestConnection.AskAsync(server.Actor, connection => connection.PendingOutput) > 0);

        peer.Reset();

        Assert.Equal(ConnectionEnd.Broken, (await Journal.NextAsync<ConnectionEvents.Disconnected>()).End);
    }

    [Fact]
    public async Task Gone_before_it_is_served_it_leaves_nothing_behind()
    {
        var port = ListenEcho();
        using (await Host.HoldLoopAsync())
        {
            for (var i = 0; i < 10; i++)
                (await ConnectAsync(port)).Reset();
        }

        await Eventually.EqualsAsync(0, () => Host.Group.ConnectionCount, "connections");
        var next = await ConnectAsync(port);
        await next.SendAsync("served"u8.ToArray());
        Assert.Equal("served"u8.ToArray(), await next.ReadExactlyAsync(6));
    }

    private Props Framed(Connection connection) => Props.Create(() => new FramedConnection(connection, Journal));

    private async Task EndedAsync(ConnectionEnd end, SocketError error)
    {
        Assert.Equal(new ConnectionEvents.Disconnected(end, error), await Journal.NextAsync<ConnectionEvents.Disconnected>());
        await Journal.NextAsync<ConnectionNews.Stopped>();
        Assert.Equal(0, Host.Group.ConnectionCount);
    }
}
