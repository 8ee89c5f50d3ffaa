using System.Net;
using System.Net.Sockets;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests;

public sealed class StartupSpecs
{
    [Fact]
    public async Task It_is_ready_when_every_port_is_open()
    {
        var startup = new Startup(clusterPort: true, businessPorts: 2);
        startup.BusinessPortOpened(1, 7071);
        startup.ClusterPortOpened(9292);
        Assert.False(startup.Ready.IsCompleted);

        startup.BusinessPortOpened(0, 7070);

        var open = await startup.Ready;
        Assert.Equal(9292, open.ClusterPort);
        Assert.Equal<IEnumerable<int>>([7070, 7071], open.BusinessPorts);
    }

    [Fact]
    public async Task A_lone_server_waits_for_no_cluster_port()
    {
        var startup = new Startup(clusterPort: false, businessPorts: 1);

        startup.BusinessPortOpened(0, 7070);

        Assert.Null((await startup.Ready).ClusterPort);
    }

    [Fact]
    public async Task A_server_without_business_ports_waits_for_its_cluster_port_alone()
    {
        var startup = new Startup(clusterPort: true, businessPorts: 0);
        Assert.False(startup.Ready.IsCompleted);

        startup.ClusterPortOpened(9292);

        Assert.Empty((await startup.Ready).BusinessPorts);
    }

    [Fact]
    public async Task The_first_failure_counts_and_no_port_after_it()
    {
        var startup = new Startup(clusterPort: true, businessPorts: 0);

        startup.Failed("the port is in use");
        startup.Failed("something else");
        startup.ClusterPortOpened(9292);

        Assert.Equal("the port is in use", (await Assert.ThrowsAsync<StartupException>(() => startup.Ready)).Message);
    }

    [Theory]
    [InlineData("clustersSwitch = 0, port = [{0}]")] // a business port of a worker
    [InlineData("clustersRole = 2, port = [{0}]")] // a business port of a manager
    [InlineData("clustersPort = {0}")]
    public async Task A_port_that_another_program_has_is_named(string hocon)
    {
        using var other = TcpPort.Open();

        var failure = await Assert.ThrowsAsync<StartupException>(() => TestNode.StartAsync(hocon.Replace("{0}", $"{other.Port}", StringComparison.Ordinal)));

        Assert.Contains($":{other.Port}: the port is in use", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_both_families_takes_both()
    {
        if (!Socket.OSSupportsIPv6)
            return;
        await using var node = await TestNode.StartAsync("clustersSwitch = 0, host = \"10.11.12.13\", worker.handler = echo");
        foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            using var client = new FramePeer(await TcpPeer.ConnectAsync(new IPEndPoint(address, node.BusinessPort)));
            await client.SendAsync(Wire.Request(), Wire.Text("hi"));
            await client.Tcp.ReadExactlyAsync(Wire.Response().Length);
            Assert.Equal("hi", await client.ReadTextAsync());
        }
    }
}
