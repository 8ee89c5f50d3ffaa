using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Dialing;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ClusterActors.Transport.Tests.Dialing;

public abstract class DialerSpecs(PollEngine engine) : TransportContract(engine)
{
    public sealed class With_epoll() : DialerSpecs(PollEngine.Epoll);

    public sealed class With_sockets() : DialerSpecs(PollEngine.Sockets);

    private readonly Dialer _dialer = new(new ListenSettings(), TimeProvider.System);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")] // may stand for ::1 as well, where nobody listens
    public async Task A_dialed_connection_is_served_by_a_loop(string host)
    {
        var port = ListenEcho();
        Host.Group.Adopt(await DialAsync(host, port.Endpoint.Port), new DelegateFactory(
            connection => Props.Create(() => new RecordingConnection(connection, Journal))));
        var ends = new[] { await Journal.NextAsync<ConnectionNews.Opened>(), await Journal.NextAsync<ConnectionNews.Opened>() };
        var dialed = Assert.Single(ends, end => end.Connection.Remote.Port == port.Endpoint.Port);

        await TestConnection.DoAsync(dialed.Actor, connection => System.Buffers.BuffersExtensions.Write(connection.Output, "there and back"u8));

        Assert.Equal("there and back"u8.ToArray(), (await Journal.NextAsync<ConnectionNews.Arrived>()).Bytes);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")] // the second address it tries is the one that answers
    public async Task A_dialed_socket_does_not_delay_small_writes_and_probes_silent_ends(string host)
    {
        using var socket = await DialAsync(host, ListenEcho().Endpoint.Port);

        Assert.True(socket.NoDelay);
        Assert.NotEqual(0, (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
        Assert.Equal(60, (int)socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime)!);
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_refused()
    {
        var failure = await Assert.ThrowsAsync<SocketException>(() => DialAsync("127.0.0.1", FreePort.Next()));

        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_said_to_be_unknown()
    {
        var failure = await Assert.ThrowsAsync<SocketException>(() => DialAsync("no-such-host.invalid", 1));

        Assert.Contains(failure.SocketErrorCode, new[] { SocketError.HostNotFound, SocketError.TryAgain, SocketError.NoData });
    }

    [Fact]
    public async Task A_far_end_that_does_not_answer_is_given_up_when_the_time_is_over()
    {
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using var occupant = await TcpPeer.ConnectAsync((IPEndPoint)full.LocalEndPoint);
        var time = new FakeTimeProvider();

        // The backlog is full and nobody accepts: the system drops what comes in and lets the dialer wait.
        var dialing = new Dialer(new ListenSettings(), time).ConnectAsync("127.0.0.1", port, TimeSpan.FromSeconds(5));
        Assert.False(dialing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialing);
    }

    private Task<Socket> DialAsync(string host, int port) => _dialer.ConnectAsync(host, port, Eventually.Limit);
}
