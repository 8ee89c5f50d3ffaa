using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerEvents;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager;

/// <summary>What the Akka.Cluster says of a server, beside what its link says.</summary>
public class MemberNewsSpecs
{
    private readonly ManagerDriver _manager = new();

    private MemberState? MemberOf(string node) => _manager.View().Servers.Single(server => server.Node == node).Member;

    private void ReportFor(double seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _manager.Advance(1);
            _manager.Report(1, AWorker("a"));
        }
    }

    [Fact]
    public void A_server_that_is_no_member_is_judged_by_its_link_alone()
    {
        _manager.Report(1, AWorker("a"));

        Assert.Equal(ServerState.Up, _manager.StateOf("a"));
        Assert.Equal(MemberState.None, MemberOf("a"));
    }

    [Fact]
    public void A_member_that_cannot_be_reached_is_unreachable_at_once_although_its_link_is_open()
    {
        _manager.Report(1, AWorker("a"));
        _manager.Hear(new MemberReachable("a"));

        _manager.Hear(new MemberUnreachable("a"));

        Assert.Equal(ServerState.Unreachable, _manager.StateOf("a"));
        Assert.Equal(MemberState.Unreachable, MemberOf("a"));
        Assert.Equal("no-capacity", _manager.Refusal().Code);
        var changed = _manager.TakeNotices().OfType<ManagerNotice.StateChanged>().Last();
        Assert.Equal("unreachable for 0.0 s: the other members of the Akka.Cluster do not hear from it", changed.Reason);
    }

    [Fact]
    public void It_is_up_again_as_soon_as_it_is_reachable()
    {
        _manager.Report(1, AWorker("a"));
        _manager.Hear(new MemberUnreachable("a"));

        _manager.Hear(new MemberReachable("a"));

        Assert.Equal(ServerState.Up, _manager.StateOf("a"));
        Assert.Equal("a", _manager.Grant().Node);
    }

    [Fact]
    public void A_report_alone_does_not_make_it_up()
    {
        _manager.Report(1, AWorker("a"));
        _manager.Hear(new MemberUnreachable("a"));

        ReportFor(3);

        Assert.Equal(ServerState.Unreachable, _manager.StateOf("a"));
    }

    [Fact]
    public void Reports_for_longer_than_three_intervals_do()
    {
        _manager.Report(1, AWorker("a"));
        _manager.Hear(new MemberUnreachable("a"));

        ReportFor(4);

        Assert.Equal(ServerState.Up, _manager.StateOf("a"));
        Assert.Equal(MemberState.Unreachable, MemberOf("a"));
    }

    [Fact]
    public void Reports_that_stopped_in_between_begin_to_count_anew()
    {
        _manager.Report(1, AWorker("a"));
        _manager.Hear(new MemberUnreachable("a"));
        ReportFor(2);
        _manager.Advance(20);
        _manager.Report(1, AWorker("a"));

        Assert.Equal(ServerState.Unreachable, _manager.StateOf("a"));

        ReportFor(4);
        Assert.Equal(ServerState.Up, _manager.StateOf("a"));
    }

    [Fact]
    public void What_was_heard_before_its_first_report_holds_for_it()
    {
        _manager.Hear(new MemberUnreachable("a"));
        Assert.Empty(_manager.View().Servers);

        _manager.Report(1, AWorker("a"));

        Assert.Equal(ServerState.Unreachable, _manager.StateOf("a"));
    }

    [Fact]
    public void A_lost_link_weighs_more_than_a_member_that_can_be_reached()
    {
        _manager.Report(1, AWorker("a"));
        _manager.Hear(new MemberReachable("a"));

        _manager.Close(1);

        Assert.Equal(ServerState.Unreachable, _manager.StateOf("a"));
        Assert.Equal(MemberState.Up, MemberOf("a"));
    }

    [Fact]
    public void A_member_that_leaves_is_shown_so_and_serves_on()
    {
        _manager.Report(1, AWorker("a"));

        _manager.Hear(new MemberLeaving("a"));

        Assert.Equal(MemberState.Leaving, MemberOf("a"));
        Assert.Equal(ServerState.Up, _manager.StateOf("a"));
    }

    [Fact]
    public void A_member_that_is_gone_is_judged_by_its_link_again()
    {
        _manager.Report(1, AWorker("a"));
        _manager.Hear(new MemberUnreachable("a"));

        _manager.Hear(new MemberGone("a"));

        Assert.Equal(ServerState.Up, _manager.StateOf("a"));
        Assert.Equal(MemberState.None, MemberOf("a"));
    }

    [Fact]
    public void Members_that_never_report_are_forgotten_when_they_go()
    {
        for (var i = 0; i < 100; i++)
        {
            _manager.Hear(new MemberReachable($"n{i}"));
            _manager.Hear(new MemberGone($"n{i}"));
        }

        Assert.Empty(_manager.State.Members);
    }
}
