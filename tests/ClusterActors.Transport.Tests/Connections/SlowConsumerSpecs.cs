using System.Buffers;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public abstract class SlowConsumerSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : SlowConsumerSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : SlowConsumerSpecs(PollEngine.Sockets);

    private const int MoreThanBuffersHold = 16 * 1024 * 1024;
    private const int SmallReceiveBuffer = 16 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    protected override ConnectionSettings Settings { get; } = new()
    {
        OutputLimit = MoreThanBuffersHold + 1,
        SlowConsumerTimeout = Timeout,
    };

    [Fact]
    public async Task Writing_on_behind_more_waiting_output_than_the_limit_closes_it()
    {
        var (peer, server) = await PairAsync(Silent, SmallReceiveBuffer);
        server.Actor.Tell(new TestConnection.Do(connection => connection.Output.Write(new byte[3 * MoreThanBuffersHold])));

        server.Actor.Tell(new TestConnection.Do(connection => connection.Output.Write(new byte[1])));

        Assert.Equal(
            new ConnectionEvents.Disconnected(ConnectionEnd.SlowConsumer, SocketError.NoBufferSpaceAvailable),
            await Journal.NextAsync<ConnectionEvents.Disconnected>());
        await Assert.ThrowsAsync<SocketException>(peer.ReadToEndAsync);
        Assert.Equal(0, Host.Group.ConnectionCount);
    }

    [Fact]
    public async Task One_message_above_the_limit_arrives_whole()
    {
        var (peer, server) = await PairAsync(Silent, SmallReceiveBuffer);

        server.Actor.Tell(new TestConnection.Do(connection => connection.Output.Write(new byte[3 * MoreThanBuffersHold])));

        Assert.Equal(3 * MoreThanBuffersHold, (await peer.ReadExactlyAsync(3 * MoreThanBuffersHold)).Length);
        Assert.True(Journal.IsEmpty);
    }

    [Fact]
    public async Task Output_of_which_nothing_leaves_for_the_timeout_closes_it()
    {
        var (peer, server) = await PairAsync(Silent, SmallReceiveBuffer);
        server.Actor.Tell(new TestConnection.Do(connection => connection.Output.Write(new byte[MoreThanBuffersHold])));
        Assert.True(await TestConnection.AskAsync(server.Actor, connection => connection.PendingOutput) > 0);

        await Host.AdvanceAsync(Timeout);
        Assert.True(Journal.IsEmpty);

        // Buffers of the system may take a last part at any time, which counts as progress.
        while (Journal.IsEmpty)
            await Host.AdvanceAsync(Timeout);
        Assert.Equal(
            new ConnectionEvents.Disconnected(ConnectionEnd.SlowConsumer, SocketError.TimedOut),
            await Journal.NextAsync<ConnectionEvents.Disconnected>());
        await Assert.ThrowsAsync<SocketException>(peer.ReadToEndAsync);
    }

    [Fact]
    public async Task A_reader_that_is_slow_but_reads_is_not_closed()
    {
        const int part = 2 * 1024 * 1024;
        var (peer, server) = await PairAsync(Silent);
        server.Actor.Tell(new TestConnection.Do(connection => connection.Output.Write(new byte[MoreThanBuffersHold])));
        Assert.True(await TestConnection.AskAsync(server.Actor, connection => connection.PendingOutput) > 0);

        for (var read = 0; read < MoreThanBuffersHold; read += part)
        {
            var before = await TestConnection.AskAsync(server.Actor, connection => connection.PendingOutput);
            await peer.ReadExactlyAsync(part);
            while (before > 0 && await TestConnection.AskAsync(server.Actor, connection => connection.PendingOutput) == before)
                await Host.RoundAsync();
            await Host.AdvanceAsync(Timeout);
        }

        Assert.True(Journal.IsEmpty);
        Assert.Equal(0, await TestConnection.AskAsync(server.Actor, connection => connection.PendingOutput));
    }

    private Props Silent(Connection connection) => Props.Create(() => new TestConnection(connection, Journal));
}
