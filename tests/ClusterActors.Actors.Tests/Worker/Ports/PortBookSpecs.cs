using Akka.Actor;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Actors.Worker.Ports;

namespace ClusterActors.Actors.Tests.Worker.Ports;

public sealed class PortBookSpecs : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("ports", "akka { loglevel = OFF, stdout-loglevel = OFF }");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    private IActorRef Acceptor() => _system.ActorOf(Props.Empty);

    private PortBook Open(params int[] ports)
    {
        var book = PortBook.Empty;
        foreach (var port in ports)
        {
            var acceptor = Acceptor();
            book = book.Opening(acceptor, port).Opened(acceptor, port);
        }

        return book;
    }

    private static string Why(CommandOutcome.Refused? refused) => $"{refused?.Code}: {refused?.Reason}";

    [Fact]
    public void The_ports_are_listed_in_the_order_they_were_asked_for()
    {
        var (first, second) = (Acceptor(), Acceptor());
        var book = PortBook.Empty.Opening(first, 0).Opening(second, 7001).Opened(second, 7001).Opened(first, 40001);

        Assert.Equal<IEnumerable<int>>([40001, 7001], book.Open);
        Assert.Equal<IEnumerable<int>>([0, 7001], book.Asked);
        Assert.Equal("40001,7001", book.Words);
        Assert.Equal((0, 1), (book.PlaceOf(first), book.PlaceOf(second)));
        Assert.Equal(first, book.AcceptorOf(40001));
    }

    [Fact]
    public void A_port_is_out_of_the_list_from_the_moment_it_is_being_closed()
    {
        var book = Open(7001, 7002);
        var acceptor = book.AcceptorOf(7001)!;

        book = book.Closing(acceptor);

        Assert.Equal<IEnumerable<int>>([7002], book.Open);
        Assert.Null(book.AcceptorOf(7001));
        Assert.False(book.Closed(acceptor).Without(book.AcceptorOf(7002)!).IsEmpty);
        Assert.True(book.Without(acceptor).Without(book.AcceptorOf(7002)!).IsEmpty);
    }

    [Theory]
    [InlineData(0, "out-of-range: port 0 cannot be opened; allowed is 1 to 65535")]
    [InlineData(65536, "out-of-range: port 65536 cannot be opened; allowed is 1 to 65535")]
    [InlineData(9292, "port-in-use: port 9292 is the cluster port of this server; choose another one")]
    [InlineData(7001, "port-in-use: port 7001 of this server is open already")]
    [InlineData(7003, "out-of-range: this server has 2 business ports, and worker.maxPorts allows 2; close one first")]
    public void A_port_that_cannot_be_opened_is_refused_in_words(int port, string why) =>
        Assert.Equal(why, Why(Open(7001, 7002).WhyNotOpen(port, 9292, 2)));

    [Fact]
    public void A_port_that_is_free_may_be_opened() => Assert.Null(Open(7001, 7002).WhyNotOpen(65535, null, 3));

    [Fact]
    public void A_port_may_be_opened_again_once_it_is_closed_although_its_clients_are_still_leaving()
    {
        var acceptor = Acceptor();
        var opening = PortBook.Empty.Opening(acceptor, 7001);
        var closing = opening.Opened(acceptor, 7001).Closing(acceptor);

        Assert.Equal("port-in-use: port 7001 of this server is being opened already", Why(opening.WhyNotOpen(7001, null, 9)));
        Assert.Equal("port-in-use: port 7001 of this server is just being closed; try again", Why(closing.WhyNotOpen(7001, null, 9)));
        Assert.Null(closing.Closed(acceptor).WhyNotOpen(7001, null, 1));
    }

    [Theory]
    [InlineData(7003, null, "out-of-range: port 7003 is no open business port of this server; open: 7001,7002")]
    [InlineData(7001, 86_401, "out-of-range: a drain of 86401 s is not possible; allowed is 0 to 86400 s")]
    public void A_port_that_cannot_be_closed_is_refused_in_words(int port, int? drain, string why) =>
        Assert.Equal(why, Why(Open(7001, 7002).WhyNotClose(port, drain, false)));

    [Fact]
    public void Of_two_ports_one_may_be_closed_and_the_last_one_only_while_the_server_drains()
    {
        Assert.Null(Open(7001, 7002).WhyNotClose(7001, 86_400, false));
        Assert.Equal(
            "out-of-range: port 7001 is the last business port; drain the server (action 10), then it can be closed",
            Why(Open(7001).WhyNotClose(7001, null, false)));
        Assert.Null(Open(7001).WhyNotClose(7001, 0, true));
        Assert.Equal("out-of-range: port 7001 is no open business port of this server; none is open", Why(PortBook.Empty.WhyNotClose(7001, null, true)));
    }
}
