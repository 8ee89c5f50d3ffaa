using System.Net;
using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Tests.Gateway;

public class FarAddressSpecs
{
    [Theory]
    [InlineData("192.168.1.5:9292", "192.168.1.5", "192.168.1.5", 9292)] // the usual case
    [InlineData("10.0.0.7:9292", "192.168.1.5", "10.0.0.7", 9292)] // behind a router it tells what others can reach
    [InlineData("shop-1.example:9292", "192.168.1.5", "shop-1.example", 9292)] // a name
    [InlineData("192.168.1.5", "192.168.1.5", "192.168.1.5", 0)] // an existing CshBBrain server tells no port
    [InlineData("127.0.0.1:9292", "127.0.0.1", "127.0.0.1", 9292)] // on one machine loopback is right
    [InlineData("127.0.0.1:9292", "192.168.1.5", "192.168.1.5", 9292)] // from elsewhere it is nobody's address
    [InlineData("localhost:9292", "192.168.1.5", "192.168.1.5", 9292)]
    [InlineData("LOCALHOST", "192.168.1.5", "192.168.1.5", 0)]
    [InlineData("0.0.0.0:9292", "127.0.0.1", "127.0.0.1", 9292)] // "every address" is none to connect to
    [InlineData("[::]:9292", "192.168.1.5", "192.168.1.5", 9292)]
    [InlineData("10.0.0.7:9292", "127.0.0.1", "10.0.0.7", 9292)] // through a tunnel that ends on this machine
    [InlineData("10.0.0.7:9292", "::ffff:192.168.1.5", "10.0.0.7", 9292)] // taken by a port of both families
    [InlineData("127.0.0.1:9292", "::ffff:192.168.1.5", "192.168.1.5", 9292)]
    [InlineData("127.0.0.1:9292", "::ffff:127.0.0.1", "127.0.0.1", 9292)]
    [InlineData("[2001:db8::5]:9292", "2001:db8::5", "2001:db8::5", 9292)]
    [InlineData("2001:db8::5", "2001:db8::5", "2001:db8::5", 0)] // no brackets, so all of it is the address
    [InlineData("[2001:db8::5]", "2001:db8::5", "2001:db8::5", 0)]
    [InlineData("[::1]:9292", "2001:db8::5", "2001:db8::5", 9292)]
    [InlineData("10.0.0.7:99999", "10.0.0.7", "10.0.0.7:99999", 0)] // no port: part of an odd name
    [InlineData("10.0.0.7:-1", "10.0.0.7", "10.0.0.7:-1", 0)]
    [InlineData("10.0.0.7:+80", "10.0.0.7", "10.0.0.7:+80", 0)]
    [InlineData(":9292", "10.0.0.7", "10.0.0.7", 9292)] // no name at all
    public void The_address_is_the_one_others_can_reach(string host, string remote, string ip, int port) =>
        Assert.Equal((ip, port), FarAddress.Of(host, IPAddress.Parse(remote)));
}
