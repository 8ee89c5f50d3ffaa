using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerEvents;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager;

public class ReportIntakeSpecs
{
    public class A_report
    {
        private readonly ManagerDriver _manager = new();

        [Fact]
        public void Is_receipted_with_its_link() =>
            Assert.Equal(new ReportTaken(new LinkId(7)), _manager.Report(7, AWorker("a")));

        [Fact]
        public void Without_a_node_id_is_listed_under_address_and_port()
        {
            _manager.Report(7, AWorker(null, port: 7074), PeerKind.CshBBrain);

            Assert.Equal("10.0.0.7:7074", Assert.Single(_manager.View().Servers).Node);
        }

        [Fact]
        public void Is_shown_with_its_age_in_milliseconds()
        {
            _manager.Report(7, AWorker("a", clients: 3) with { Role = null });
            _manager.Advance(1.25);

            var view = Assert.Single(_manager.View().Servers);
            Assert.Equal(1250, view.LastReport);
            Assert.Equal(3, view.Report.ClientCount);
            Assert.Equal("10.0.0.7", view.Ip);
            Assert.Equal(9292, view.ClustersPort);
            Assert.Equal(1, view.Role);
        }

        [Theory]
        [InlineData(128, true)]
        [InlineData(129, false)]
        public void With_a_node_id_that_is_too_long_is_refused(int length, bool taken)
        {
            var receipt = _manager.Report(1, AWorker(new string('n', length)));

            Assert.Equal(taken, receipt is ReportTaken);
            Assert.Equal(taken ? 1 : 0, _manager.View().Servers.Length);
        }

        [Fact]
        public void With_a_line_end_in_its_node_id_is_refused()
        {
            var refused = Assert.IsType<ReportRefused>(_manager.Report(1, AWorker("a\nserver b is gone")));

            Assert.Equal("bad-request", refused.Code);
        }

        [Fact]
        public void Under_another_node_id_than_before_leaves_the_old_one_gone()
        {
            _manager.Report(1, AWorker("a"));
            _manager.Report(1, AWorker("b"));

            Assert.Equal(ServerState.Gone, _manager.StateOf("a"));
            Assert.Equal(ServerState.Up, _manager.StateOf("b"));
            _manager.Close(1);
            Assert.Equal(ServerState.Unreachable, _manager.StateOf("b"));
        }

        [Fact]
        public void That_is_the_first_after_silence_is_noted_as_a_change()
        {
            _manager.Report(1, AWorker("a"));
            _manager.Advance(4);
            _manager.Tick();
            _manager.Tick();
            _manager.Report(1, AWorker("a"));
            _manager.Report(1, AWorker("a"));

            Assert.Equal(
                [(null, ServerState.Up), (ServerState.Up, ServerState.Late), (ServerState.Late, ServerState.Up)],
                _manager.TakeNotices().Cast<ManagerNotice.StateChanged>().Select(change => (change.From, change.State)));
        }
    }

    public class A_node_id_on_two_links
    {
        private readonly ManagerDriver _manager = new();

        public A_node_id_on_two_links()
        {
            _manager.Report(1, AWorker("a", clients: 1));
            _manager.Report(2, AWorker("a", clients: 2));
        }

        [Fact]
        public void Belongs_to_the_newest_reporting_link()
        {
            var view = Assert.Single(_manager.View().Servers);

            Assert.Equal("10.0.0.2", view.Ip);
            Assert.Equal(2, view.Report.ClientCount);
        }

        [Fact]
        public void Is_noted_as_taken_over_and_not_yet_as_contested()
        {
            var notices = _manager.TakeNotices();

            Assert.Contains(new ManagerNotice.TakenOver("a", new LinkId(2), new LinkId(1)), notices);
            Assert.DoesNotContain(notices, notice => notice is ManagerNotice.Contested);
        }

        [Fact]
        public void Stays_up_when_the_older_link_closes()
        {
            _manager.Close(1, left: true);

            Assert.Equal(ServerState.Up, _manager.StateOf("a"));
        }

        [Fact]
        public void Is_unreachable_when_the_owning_link_closes()
        {
            _manager.Close(2);

            Assert.Equal(ServerState.Unreachable, _manager.StateOf("a"));
        }

        [Fact]
        public void Is_taken_back_by_the_older_link_with_a_warning_that_names_both()
        {
            _manager.Report(1, AWorker("a"));

            Assert.Equal("10.0.0.1", Assert.Single(_manager.View().Servers).Ip);
            Assert.Contains(new ManagerNotice.Contested("a", new LinkId(1), new LinkId(2)), _manager.TakeNotices());
        }

        [Fact]
        public void Is_warned_about_once_a_minute()
        {
            for (var second = 0; second < 120; second++)
            {
                _manager.Report(1, AWorker("a"));
                _manager.Report(2, AWorker("a"));
                _manager.Advance(1);
            }

            Assert.Equal(2, _manager.TakeNotices().Count(notice => notice is ManagerNotice.Contested));
        }

        [Fact]
        public void Is_not_contested_when_the_owner_was_lost_before_the_older_link_reports()
        {
            _manager.Close(2);
            _manager.Report(1, AWorker("a"));

            Assert.Equal(ServerState.Up, _manager.StateOf("a"));
            Assert.DoesNotContain(_manager.TakeNotices(), notice => notice is ManagerNotice.Contested);
        }
    }

    public class A_full_registry
    {
        private readonly ManagerDriver _manager = new(Settings with { MaxServers = 3 });

        public A_full_registry()
        {
            foreach (var link in new[] { 1, 2, 3 })
                _manager.Report(link, AWorker($"node-{link}"));
        }

        [Fact]
        public void Refuses_one_more_and_says_so()
        {
            var refused = Assert.IsType<ReportRefused>(_manager.Report(4, AWorker("node-4")));

            Assert.Equal("no-capacity", refused.Code);
            Assert.Equal(new LinkId(4), refused.Link);
            Assert.Equal(3, _manager.View().Servers.Length);
        }

        [Fact]
        public void Logs_refusals_once_a_minute()
        {
            for (var second = 0; second < 61; second++)
            {
                _manager.Report(4, AWorker("node-4"));
                _manager.Advance(1);
            }

            Assert.Equal(2, _manager.TakeNotices().Count(notice => notice is ManagerNotice.RegistryFull));
        }

        [Fact]
        public void Still_takes_the_reports_of_those_it_holds() =>
            Assert.IsType<ReportTaken>(_manager.Report(2, AWorker("node-2", clients: 9)));

        [Fact]
        public void Drops_the_one_that_is_gone_the_longest()
        {
            _manager.Close(2, left: true);
            _manager.Advance(1);
            _manager.Close(1, left: true);
            _manager.Report(4, AWorker("node-4"));

            Assert.Equal(["node-1", "node-3", "node-4"], _manager.View().Servers.Select(server => server.Node));
        }

        [Fact]
        public void Does_not_drop_one_that_is_only_unreachable()
        {
            _manager.Close(2);

            Assert.IsType<ReportRefused>(_manager.Report(4, AWorker("node-4")));
        }

        [Fact]
        public void Drops_one_that_is_unreachable_for_too_long_without_waiting_for_a_tick()
        {
            _manager.Close(2);
            _manager.Advance(61);

            Assert.IsType<ReportTaken>(_manager.Report(4, AWorker("node-4")));
        }

        [Fact]
        public void Lets_a_server_change_its_node_id() =>
            Assert.IsType<ReportTaken>(_manager.Report(2, AWorker("node-two")));
    }
}
