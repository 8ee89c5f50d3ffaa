using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager;

public class ServerStateSpecs
{
    public class A_linked_server
    {
        private readonly ManagerDriver _manager = new();

        [Theory]
        [InlineData(0, ServerState.Up)]
        [InlineData(3, ServerState.Up)] // exactly three intervals: not yet
        [InlineData(3.001, ServerState.Late)]
        public void Is_late_when_it_is_silent_for_longer_than_three_intervals(double silence, ServerState expected)
        {
            _manager.Report(1, AWorker("a"));
            _manager.Advance(silence);

            Assert.Equal(expected, _manager.StateOf("a"));
        }

        [Theory]
        [InlineData(90, ServerState.Up)]
        [InlineData(90.001, ServerState.Late)]
        public void Of_the_Java_kind_is_late_after_90_seconds(double silence, ServerState expected)
        {
            _manager.Report(1, AWorker("a"), PeerKind.CshBBrain);
            _manager.Advance(silence);

            Assert.Equal(expected, _manager.StateOf("a"));
        }

        [Fact]
        public void Is_up_again_with_its_next_report()
        {
            _manager.Report(1, AWorker("a"));
            _manager.Advance(5);
            _manager.Report(1, AWorker("a"));

            Assert.Equal(ServerState.Up, _manager.StateOf("a"));
        }

        [Fact]
        public void Is_draining_when_its_report_says_so_and_up_when_it_no_longer_does()
        {
            _manager.Report(1, AWorker("a") with { Draining = true });
            Assert.Equal(ServerState.Draining, _manager.StateOf("a"));

            _manager.Report(1, AWorker("a"));
            Assert.Equal(ServerState.Up, _manager.StateOf("a"));
        }

        [Fact]
        public void That_drained_and_fell_silent_is_late()
        {
            _manager.Report(1, AWorker("a") with { Draining = true });
            _manager.Advance(4);

            Assert.Equal(ServerState.Late, _manager.StateOf("a"));
        }
    }

    public class A_server_whose_link_closed
    {
        private readonly ManagerDriver _manager = new();

        public A_server_whose_link_closed() => _manager.Report(1, AWorker("a"));

        [Fact]
        public void Is_gone_at_once_when_it_said_goodbye()
        {
            _manager.Close(1, left: true);

            Assert.Equal(ServerState.Gone, _manager.StateOf("a"));
        }

        [Theory]
        [InlineData(0, ServerState.Unreachable)]
        [InlineData(60, ServerState.Unreachable)] // exactly forgetAfter: not yet
        [InlineData(60.001, ServerState.Gone)]
        public void Is_unreachable_until_it_is_forgotten(double away, ServerState expected)
        {
            _manager.Close(1);
            _manager.Advance(away);

            Assert.Equal(expected, _manager.StateOf("a"));
        }

        [Fact]
        public void Comes_back_with_a_report_on_a_new_link()
        {
            _manager.Close(1, left: true);
            _manager.Report(2, AWorker("a"));

            Assert.Equal(ServerState.Up, _manager.StateOf("a"));
            Assert.Equal("a", _manager.Grant().Node);
        }

        [Fact]
        public void That_never_reported_is_not_listed()
        {
            _manager.Close(77);

            Assert.Single(_manager.View().Servers);
        }
    }

    public class A_server_that_is_gone
    {
        private readonly ManagerDriver _manager = new();

        public A_server_that_is_gone() => _manager.Report(1, AWorker("a"));

        [Theory]
        [InlineData(true, 300, 1)] // goodbye: gone at 0, kept for exactly keepGone
        [InlineData(true, 300.001, 0)]
        [InlineData(false, 360, 1)] // lost: gone at forgetAfter = 60
        [InlineData(false, 360.001, 0)]
        public void Is_dropped_by_the_tick_when_it_was_kept_long_enough(bool left, double away, int listed)
        {
            _manager.Close(1, left);
            _manager.Advance(away);
            _manager.Tick();

            Assert.Equal(listed, _manager.View().Servers.Length);
        }

        [Fact]
        public void Has_lost_its_leases()
        {
            _manager.Grant();
            _manager.Close(1, left: true);

            Assert.Empty(_manager.Entry("a").Leases);
        }

        [Fact]
        public void Keeps_no_trace_of_its_link_after_it_is_dropped()
        {
            _manager.Close(1, left: true);
            _manager.Advance(301);
            _manager.Tick();

            Assert.Null(_manager.State.Registry.NodeOf(new LinkId(1)));
            Assert.Equal(0, _manager.State.Registry.CountOf(ClusterActors.Actors.Manager.Standing.Gone));
        }
    }
}
