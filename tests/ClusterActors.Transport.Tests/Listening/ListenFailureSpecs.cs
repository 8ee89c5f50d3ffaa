using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;
using Xunit;

namespace ClusterActors.Transport.Tests.Listening;

public sealed class ListenFailureSpecs() : TransportContract(PollEngine.Auto)
{
    private const int PrivilegedPort = 81;

    [Fact]
    public void A_port_in_use_is_said_to_be_in_use()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();

        var failure = Assert.Throws<ListenFailureException>(() => Host.Listen(Echo, (IPEndPoint)other.LocalEndPoint!));

        Assert.Equal(
            $"cannot listen on {other.LocalEndPoint}: the port is in use by another program; choose another port or end that program",
            failure.Message);
    }

    [Fact]
    public void A_port_in_use_for_one_family_is_in_use_for_both()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Any, 0));
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;

        var failure = Assert.Throws<ListenFailureException>(() => Host.Listen(Echo, new IPEndPoint(IPAddress.IPv6Any, port)));

        Assert.Contains("the port is in use", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_of_another_machine_is_said_to_be_none_of_this_one()
    {
        // TEST-NET-1 of RFC 5737, which no machine has.
        var endpoint = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 9090);

        var failure = Assert.Throws<ListenFailureException>(() => Host.Listen(Echo, endpoint));

        Assert.Equal("cannot listen on 192.0.2.1:9090: this machine has no such address", failure.Message);
    }

    [SkippableFact]
    public async Task A_port_that_needs_privileges_is_said_to_need_them()
    {
        var first = int.Parse(await File.ReadAllTextAsync("/proc/sys/net/ipv4/ip_unprivileged_port_start"), CultureInfo.InvariantCulture);
        Skip.If(first <= PrivilegedPort, "this system lets everybody listen on every port");

        string[] withoutThem = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-net_bind_service"] : [];
        await using var process = ListenerProcess.Start(withoutThem, Engine, PrivilegedPort);

        Assert.Equal(
            "cannot listen on 127.0.0.1:81: ports below 1024 need privileges; choose a port from 1024 to 65535",
            await process.SaysAsync(ListenerProgram.Failed));
        Assert.Equal(3, await process.EndAsync());
    }
}
