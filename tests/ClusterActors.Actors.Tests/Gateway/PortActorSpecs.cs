using System.Net;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterActors.Actors.Gateway;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Actors.Tests.Gateway;

public sealed class PortActorSpecs : TestKit
{
    private sealed class NoConnections : IConnectionFactory
    {
        public Props Props(Connection connection) => throw new InvalidOperationException("nobody is to connect");
    }

    private readonly LoopGroup _loops = new(new ConnectionSettings());
    private readonly TestProbe _parent;

    public PortActorSpecs()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF }") => _parent = CreateTestProbe();

    [Fact]
    public void It_opens_once_the_loops_run_and_tells_the_port_it_got()
    {
        var io = CreateTestProbe();
        var port = Start(io.Ref);
        io.ExpectMsg<IoActor.WhenReady>(Eventually.Limit);
        _parent.ExpectNoMsg(TimeSpan.Zero);

        port.Tell(IoActor.Ready.Instance, io.Ref);

        Assert.InRange(_parent.ExpectMsg<PortEvents.Opened>(Eventually.Limit).Port, 1, 65535);
    }

    [Fact]
    public void When_it_stops_another_one_may_open_the_port()
    {
        var io = Sys.ActorOf(IoActor.Props(_loops, 1, PollEngine.Auto, TimeProvider.System), "io");
        var first = Start(io);
        var port = _parent.ExpectMsg<PortEvents.Opened>(Eventually.Limit).Port;
        _parent.Watch(first);
        Sys.Stop(first);
        _parent.ExpectTerminated(first, Eventually.Limit);

        Start(io, port);

        Assert.Equal(port, _parent.ExpectMsg<PortEvents.Opened>(Eventually.Limit).Port);
    }

    [Fact]
    public void A_port_that_is_taken_is_told_in_words()
    {
        using var other = TcpPort.Open();
        var io = Sys.ActorOf(IoActor.Props(_loops, 1, PollEngine.Auto, TimeProvider.System), "io");

        Start(io, other.Port);

        var failed = _parent.ExpectMsg<PortEvents.Failed>(Eventually.Limit);
        Assert.Equal("port-in-use", failed.Code);
        Assert.Contains("in use", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_needs_privileges_is_out_of_range()
    {
        if (!OperatingSystem.IsLinux() || Environment.IsPrivilegedProcess)
            return;
        var io = Sys.ActorOf(IoActor.Props(_loops, 1, PollEngine.Auto, TimeProvider.System), "io");

        Start(io, 81);

        Assert.Equal("out-of-range", _parent.ExpectMsg<PortEvents.Failed>(Eventually.Limit).Code);
    }

    [Fact]
    public void An_address_that_this_machine_has_not_is_an_internal_failure()
    {
        var io = Sys.ActorOf(IoActor.Props(_loops, 1, PollEngine.Auto, TimeProvider.System), "io");

        _parent.ChildActorOf(PortActor.Props(
            io, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0), new ListenSettings(), _loops, new NoConnections()));

        Assert.Equal("internal", _parent.ExpectMsg<PortEvents.Failed>(Eventually.Limit).Code);
    }

    [Fact]
    public void Told_to_close_it_says_when_it_has_and_stops()
    {
        var io = Sys.ActorOf(IoActor.Props(_loops, 1, PollEngine.Auto, TimeProvider.System), "io");
        var actor = Start(io);
        var port = _parent.ExpectMsg<PortEvents.Opened>(Eventually.Limit).Port;
        _parent.Watch(actor);

        actor.Tell(new PortCommands.Close(DrainAfter: null));

        Assert.Equal(port, _parent.ExpectMsg<PortEvents.Closed>(Eventually.Limit).Port);
        _parent.ExpectTerminated(actor, Eventually.Limit);
    }

    [Fact]
    public void Loops_that_cannot_be_started_are_no_reason_to_wait_for_ever()
    {
        var io = CreateTestProbe();
        Start(io.Ref, 7070);

        Sys.Stop(io.Ref);

        Assert.Equal(
            "port 7070 cannot be opened: the reader-writers could not be started",
            _parent.ExpectMsg<PortEvents.Failed>(Eventually.Limit).Reason);
    }

    private IActorRef Start(IActorRef io, int port = 0) => _parent.ChildActorOf(
        PortActor.Props(io, new IPEndPoint(IPAddress.Loopback, port), new ListenSettings(), _loops, new NoConnections()));
}
