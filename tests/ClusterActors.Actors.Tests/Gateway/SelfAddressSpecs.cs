using System.Net;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Tests.Gateway;

public class SelfAddressSpecs
{
    private static readonly HostAndPort Other = new("10.0.0.9", 9292);

    private static GatewaySettings At(string host, string address) => new()
    {
        Node = "node-1",
        Host = host,
        ClusterEndpoint = new IPEndPoint(IPAddress.Parse(address), 9292),
    };

    [Theory]
    [InlineData("10.0.0.7", "127.0.0.1", "127.0.0.1:9292")] // open on loopback only, while others are told another address
    [InlineData("10.0.0.7", "0.0.0.0", "127.0.0.1:9292")]
    [InlineData("10.0.0.7", "::", "127.0.0.1:9292")] // both families
    [InlineData("::1", "::1", "[::1]:9292")]
    public void It_dials_itself_over_loopback(string host, string address, string dialed) =>
        Assert.Equal(dialed, SelfAddress.Of(At(host, address)).Dialed.ToString());

    [Theory]
    [InlineData("10.0.0.7:9292")] // as others know it
    [InlineData("127.0.0.1:9292")]
    [InlineData("localhost:9292")]
    [InlineData("LocalHost:9292")]
    [InlineData("[::1]:9292")]
    public void It_dials_itself_once_however_it_is_listed(string listed)
    {
        Assert.True(HostAndPort.TryParse(listed, out var self));

        var managers = SelfAddress.Of(At("10.0.0.7", "::")).Managers([self, Other], reportsToItself: true);

        Assert.Equal(["127.0.0.1:9292", "10.0.0.9:9292"], managers.Select(manager => manager.ToString()));
    }

    [Fact]
    public void Another_server_on_this_machine_is_another_one()
    {
        var neighbour = new HostAndPort("127.0.0.1", 9293);

        Assert.Contains(neighbour, SelfAddress.Of(At("127.0.0.1", "127.0.0.1")).Managers([neighbour], reportsToItself: true));
    }

    [Fact]
    public void A_server_that_is_no_manager_dials_whom_it_is_told()
    {
        var managers = SelfAddress.Of(At("10.0.0.7", "::")).Managers([Other], reportsToItself: false);

        Assert.Equal([Other], managers);
    }
}
