using ClusterActors.Client;
using FsCheck;
using FsCheck.Xunit;

namespace ClusterActors.Node.Tests.Client;

public class ServerAddressSpecs
{
    [Theory]
    [InlineData("127.0.0.1:9292", "127.0.0.1", 9292)]
    [InlineData("manager-1.example.org:1", "manager-1.example.org", 1)]
    [InlineData("localhost:65535", "localhost", 65535)]
    [InlineData("[::1]:9292", "::1", 9292)]
    [InlineData("[fe80::1%2]:9292", "fe80::1%2", 9292)]
    public void A_good_one_is_read(string text, string host, int port)
    {
        Assert.True(ServerAddress.TryParse(text, out var address, out var reason));

        Assert.Equal(new ServerAddress(host, port), address);
        Assert.Null(reason);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("", "'' has no port")]
    [InlineData("localhost", "'localhost' has no port")]
    [InlineData("[::1]", "'[::1]' has no port")]
    [InlineData("::1", "'::1' is an IPv6 address without brackets")]
    [InlineData("::1:9292", "'::1:9292' is an IPv6 address without brackets")]
    [InlineData(":9292", "':9292' names no host")]
    [InlineData("[]:9292", "'[]:9292' names no host")]
    [InlineData("[127.0.0.1]:9292", "'[127.0.0.1]:9292' names no host")]
    [InlineData("a b:9292", "'a b:9292' names no host")]
    [InlineData("http://a:9292", "'http://a:9292' names no host")]
    [InlineData("a:", "'a:' has port '', which is no number from 1 to 65535")]
    [InlineData("a:0", "'a:0' has port '0', which is no number from 1 to 65535")]
    [InlineData("a:65536", "'a:65536' has port '65536', which is no number from 1 to 65535")]
    [InlineData("a:+5", "'a:+5' has port '+5', which is no number from 1 to 65535")]
    public void A_bad_one_gets_a_sentence_that_says_what_would_be_right(string text, string reason)
    {
        Assert.False(ServerAddress.TryParse(text, out _, out var said));

        Assert.Equal($"{reason}; it must be host:port, as in 127.0.0.1:9292 or [::1]:9292", said);
    }

    [Property]
    public bool What_is_no_address_has_a_reason(string? text) => ServerAddress.TryParse(text ?? "", out _, out var reason) == (reason is null);

    [Property]
    public bool What_it_prints_it_reads(System.Net.IPAddress ip, PositiveInt port)
    {
        ArgumentNullException.ThrowIfNull(ip);
        var address = new ServerAddress(ip.ToString(), (port.Get % 65535) + 1);
        return ServerAddress.TryParse(address.ToString(), out var read, out _) && read == address;
    }
}
