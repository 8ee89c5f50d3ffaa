using ClusterActors.Actors.Configuration;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Configuration;

public class HostAndPortSpecs
{
    [Theory]
    [InlineData("127.0.0.1:9292", "127.0.0.1", 9292)]
    [InlineData("[::1]:9292", "::1", 9292)]
    [InlineData("[fe80::1]:1", "fe80::1", 1)]
    [InlineData("manager-1.fleet.example:65535", "manager-1.fleet.example", 65535)]
    [InlineData("my_service:80", "my_service", 80)] // container names have underscores
    public void An_address_is_read_and_written_the_same(string text, string host, int port)
    {
        Assert.True(HostAndPort.TryParse(text, out var address));
        Assert.Equal((host, port), (address.Host, address.Port));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":9292")]
    [InlineData("host")]
    [InlineData("host:")]
    [InlineData("host:0")] // nobody can dial it
    [InlineData("host:65536")]
    [InlineData("host:-1")]
    [InlineData("host:+1")]
    [InlineData("host: 1")]
    [InlineData("::1:9292")] // an IPv6 address, or one with a port?
    [InlineData("[::1]")]
    [InlineData("[host]:1")]
    [InlineData("[[::1]]:1")]
    [InlineData("127.1:80")] // two numbers are a slip, not an address
    [InlineData("1:80")]
    [InlineData("256.0.0.1:80")]
    [InlineData("-host:80")]
    [InlineData("a..b:80")]
    [InlineData("ho st:80")]
    [InlineData("host\n:80")]
    public void Anything_else_is_refused(string text) => Assert.False(HostAndPort.TryParse(text, out _));

    [Property]
    public void No_text_at_all_makes_it_throw(string? text)
    {
        if (HostAndPort.TryParse(text ?? string.Empty, out var address))
        {
            Assert.True(HostAndPort.TryParse(address.ToString(), out var again));
            Assert.Equal(address, again);
        }
    }

    [Fact]
    public void It_cannot_be_made_wrong()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HostAndPort("host", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HostAndPort("host", 65536));
        Assert.Throws<ArgumentException>(() => new HostAndPort("no host", 1));
    }
}
