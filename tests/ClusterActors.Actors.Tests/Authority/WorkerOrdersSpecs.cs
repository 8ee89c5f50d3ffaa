using Akka.Actor;
using Akka.TestKit.Xunit2;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>Commands that wait until the worker has acknowledged a new holder.</summary>
public sealed class WorkerOrdersSpecs : TestKit
{
    private readonly FakeTimeProvider _clock = new();
    private readonly AuthorityGate _gate;
    private readonly WorkerOrders _orders = new();

    public WorkerOrdersSpecs() => _gate = new AuthorityGate(_clock);

    [Fact]
    public void One_for_a_worker_that_has_not_acknowledged_yet_is_decided_again_and_sent()
    {
        var input = Add(worker: null);
        _orders.Refuse(new AuthorityEffect.RefuseOrder(input, OrderRefusal.NotTaken), _gate);
        ExpectNoMsg(TimeSpan.Zero);

        var again = Assert.IsType<AuthorityInput.Order>(Assert.Single(_orders.Again(_ => "w:1")));

        Assert.Equal(("w:1", input.Token), (again.Worker, again.Token));
        Assert.Empty(_orders.Again(_ => "w:1"));
        _orders.Send(new WorkerRequest.Command(new ManagerRun("m:1", "r"), new VoterSetId(1, "h"), 1, 7, again.Token));
        Assert.Equal(7, ExpectMsg<LinkCommands.Send>().Request.Epoch);
    }

    [Fact]
    public void One_that_has_waited_long_enough_is_refused()
    {
        var input = Add("w:1");
        _clock.Advance(TimeSpan.FromSeconds(3));

        _orders.Refuse(new AuthorityEffect.RefuseOrder(input, OrderRefusal.NotTaken), _gate);

        Assert.Equal(FailureCode.Unreachable, ExpectMsg<ManagerEvents.CommandAnswered>().Reply.Code);
        Assert.Empty(_orders.Again(_ => "w:1"));
    }

    [Fact]
    public void One_is_refused_at_once_by_a_server_that_holds_nothing()
    {
        _orders.Refuse(new AuthorityEffect.RefuseOrder(Add("w:1"), OrderRefusal.NotHolder), _gate);

        Assert.Equal(FailureCode.NotAuthority, ExpectMsg<ManagerEvents.CommandAnswered>().Reply.Code);
    }

    private AuthorityInput.Order Add(string? worker)
    {
        var request = new CommandRequest(new ServerCommand.AddThreads(1)) { Seq = "s" };
        var order = new AuthorityCommands.Order(TestActor, new LinkId(1), PeerKind.ClusterActors, request);
        return Assert.IsType<AuthorityInput.Order>(_orders.Add(order, TestActor, worker, _gate.Now));
    }
}
