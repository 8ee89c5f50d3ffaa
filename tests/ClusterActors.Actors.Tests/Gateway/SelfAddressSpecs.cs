using System.Net;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Tests.Gateway;

public class SelfAddressSpecs
{

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
    public void It_knows_itself_however_it_is_listed(string listed)
    {
        Assert.True(HostAndPort.TryParse(listed, out var self));

        Assert.True(SelfAddress.Of(At("10.0.0.7", "::")).Is(self));
    }

    [Fact]
    public void Another_server_on_this_machine_is_another_one() =>
        Assert.False(SelfAddress.Of(At("127.0.0.1", "127.0.0.1")).Is(new HostAndPort("127.0.0.1", 9293)));
}
