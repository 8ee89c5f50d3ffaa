using ClusterActors.Actors.Manager;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager;

public class LeaseSpecs
{
    public class A_lease
    {
        private readonly ManagerDriver _manager = new();

        public A_lease() => _manager.Report(1, AWorker("a", max: 1));

        [Theory]
        [InlineData(9.999, false)]
        [InlineData(10, true)]
        public void Gives_its_place_back_when_it_expires(double age, bool free)
        {
            _manager.Grant();
            _manager.Advance(age);
            _manager.Report(1, AWorker("a", max: 1));

            Assert.Equal(free, _manager.Ask() is ManagerQueries.AllocationGranted);
        }

        [Fact]
        public void That_is_claimed_counts_once()
        {
            _manager.Report(1, AWorker("a", max: 2));
            var lease = _manager.Grant().Lease;

            _manager.Report(1, AWorker("a", clients: 1, max: 2) with { Leases = [lease] });

            Assert.Equal(1, _manager.Entry("a").Taken);
            _manager.Grant();
            _manager.Refusal();
        }

        [Fact]
        public void That_is_claimed_does_not_come_back_by_expiring()
        {
            var lease = _manager.Grant().Lease;
            _manager.Report(1, AWorker("a", clients: 1, max: 1) with { Leases = [lease] });
            _manager.Advance(11);
            _manager.Report(1, AWorker("a", clients: 1, max: 1));

            _manager.Refusal();
        }

        [Fact]
        public void Is_not_claimed_by_a_report_of_another_worker()
        {
            var lease = _manager.Grant().Lease;
            _manager.Report(2, AWorker("b", clients: 50) with { Leases = [lease] });

            _manager.Refusal();
        }

        [Fact]
        public void Is_not_claimed_by_a_token_that_was_never_given()
        {
            _manager.Grant();
            _manager.Report(1, AWorker("a", max: 1) with { Leases = ["no-such-lease"] });

            _manager.Refusal();
        }

        [Fact]
        public void Outlives_a_lost_link()
        {
            _manager.Grant();
            _manager.Close(1);
            _manager.Report(2, AWorker("a", max: 1));

            _manager.Refusal();
        }

        [Fact]
        public void Is_forgotten_by_the_queue_once_it_has_expired()
        {
            _manager.Grant();
            _manager.Advance(10);
            _manager.Tick();

            Assert.True(_manager.State.LeasesByExpiry.IsEmpty);
            Assert.Empty(_manager.Entry("a").Leases);
        }

        [Fact]
        public void Of_a_worker_that_was_dropped_and_came_back_frees_nothing_of_the_new_one()
        {
            var manager = new ManagerDriver(Settings with { MaxServers = 1 });
            manager.Report(1, AWorker("a", max: 1));
            manager.Grant();
            manager.Close(1, left: true);
            manager.Report(2, AWorker("b"));
            manager.Close(2, left: true);
            manager.Advance(5);
            manager.Report(3, AWorker("a", max: 1));
            manager.Grant();
            manager.Advance(6);
            manager.Report(3, AWorker("a", max: 1));

            manager.Refusal();
        }
    }

    public class A_token
    {
        [Fact]
        public void Is_22_characters_that_a_parameter_can_hold_as_they_are()
        {
            for (var n = 0; n < 200; n++)
                Assert.Matches("^[A-Za-z0-9_-]{22}$", Lease.NewToken());
        }

        [Fact]
        public void Is_never_given_twice() =>
            Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Lease.NewToken()).Distinct().Count());
    }
}
