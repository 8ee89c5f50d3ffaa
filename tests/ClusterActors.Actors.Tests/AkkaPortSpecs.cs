using System.Net;
using System.Net.Sockets;
using ClusterActors.Actors.Tests.Configuration;

namespace ClusterActors.Actors.Tests;

public sealed class AkkaPortSpecs : IDisposable
{
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);

    public AkkaPortSpecs() => _other.Start();

    private int Taken => ((IPEndPoint)_other.LocalEndpoint).Port;

    public void Dispose() => _other.Dispose();

    [Fact]
    public void A_port_that_is_in_use_is_named_in_a_sentence()
    {
        var failure = Assert.Throws<StartupException>(() => AkkaPort.Check(Loading.Sets($"akkaPort={Taken}")));

        Assert.Equal(
            $"cannot listen on 127.0.0.1:{Taken} (akkaPort): the port is in use by another program; choose another port or end that program", failure.Message);
    }

    [Theory]
    [InlineData("akkaMember=off")]
    [InlineData("clustersSwitch=0")]
    public void Is_nothing_to_a_node_without_an_Akka_cluster(string set) => AkkaPort.Check(Loading.Sets($"akkaPort={Taken}", set));

    [Fact]
    public void A_free_port_is_free_again_after_the_look()
    {
        var free = TestSupport.FreePort.Next();
        AkkaPort.Check(Loading.Sets($"akkaPort={free}"));
        AkkaPort.Check(Loading.Sets($"akkaPort={free}", "security.insecure=on"));

        using var mine = new TcpListener(IPAddress.Loopback, free);
        mine.Start();
    }

    [Fact]
    public void A_failure_of_Akka_is_explained_however_deep_its_cause_is()
    {
        var deep = new AggregateException(new InvalidOperationException("x", new AggregateException(new SocketException((int)SocketError.AddressAlreadyInUse))));

        Assert.Contains("the port is in use", AkkaPort.Explain(deep, Loading.Sets())!.Message, StringComparison.Ordinal);
        Assert.Null(AkkaPort.Explain(new InvalidOperationException("x"), Loading.Sets()));
        Assert.Null(AkkaPort.Explain(deep, Loading.Sets("akkaMember=off")));
    }
}
