using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager;

public class AllocationSpecs
{
    public class With_two_workers
    {
        private readonly ManagerDriver _manager = new();

        [Fact]
        public void The_less_loaded_one_is_taken()
        {
            _manager.Report(1, AWorker("a", clients: 20));
            _manager.Report(2, AWorker("b", clients: 6));

            Assert.Equal("b", _manager.Grant().Node);
        }

        [Fact]
        public void Load_is_a_share_of_the_limit_and_not_a_count()
        {
            _manager.Report(1, AWorker("a", clients: 10, max: 20));
            _manager.Report(2, AWorker("b", clients: 90, max: 1000));

            Assert.Equal("b", _manager.Grant().Node);
        }

        [Fact]
        public void Outstanding_leases_count_as_load()
        {
            _manager.Report(1, AWorker("a", clients: 2));
            _manager.Report(2, AWorker("b", clients: 0));

            // b takes two to draw level, and the next ones go to each in turn
            Assert.Equal(["b", "b"], [_manager.Grant().Node, _manager.Grant().Node]);
            string[] level = [_manager.Grant().Node, _manager.Grant().Node];
            Assert.Equal(["a", "b"], level.Order());
        }

        [Fact]
        public void Equal_load_is_decided_by_CPU()
        {
            _manager.Report(1, AWorker("a", clients: 5, cpu: 12.5));
            _manager.Report(2, AWorker("b", clients: 5, cpu: 80));

            Assert.Equal("a", _manager.Grant().Node);
        }

        [Fact]
        public void Equal_load_and_unknown_CPU_is_decided_by_lot()
        {
            var taken = new HashSet<string>();
            for (var seed = 0; seed < 40; seed++)
            {
                var manager = new ManagerDriver(seed: seed);
                manager.Report(1, AWorker("a", cpu: 99));
                manager.Report(2, AWorker("b"));
                taken.Add(manager.Grant().Node);
            }

            Assert.Equal(["a", "b"], taken.Order());
        }
    }

    public class An_allocation
    {
        private readonly ManagerDriver _manager = new();

        [Fact]
        public void Names_address_port_lease_and_how_long_it_holds()
        {
            _manager.Report(7, AWorker("a", port: 8080));

            var granted = _manager.Grant();

            Assert.Equal(("a", "10.0.0.7", 8080), (granted.Node, granted.Ip, granted.Port));
            Assert.Equal(TimeSpan.FromSeconds(10), granted.Expires);
            Assert.Equal(granted.Lease, Assert.Single(_manager.Entry("a").Leases));
            Assert.Empty(granted.Explain);
        }

        [Fact]
        public void Rotates_among_several_ports()
        {
            _manager.Report(1, AWorker("a", port: 8080) with { Ports = [8080, 8081, 8082] });

            Assert.Equal([8080, 8081, 8082, 8080], Enumerable.Range(0, 4).Select(_ => _manager.Grant().Port));
        }

        [Fact]
        public void Keeps_to_the_ports_that_are_left_when_one_closes()
        {
            _manager.Report(1, AWorker("a") with { Ports = [8080, 8081] });
            _manager.Grant();
            _manager.Report(1, AWorker("a") with { Ports = [8080] });

            Assert.Equal(8080, _manager.Grant().Port);
        }

        [Fact]
        public void Takes_the_limit_for_Java_servers_from_the_settings()
        {
            _manager.Report(1, new ServerReport { ClientCount = 199, Port = 7074 }, PeerKind.CshBBrain);

            Assert.Equal("10.0.0.1:7074", _manager.Grant().Node);
            Assert.Equal("no-capacity", _manager.Refusal().Code);
        }
    }

    public class A_worker_that_cannot_take_a_client
    {
        public static TheoryData<string, string> Reasons => new()
        {
            { "full", "1 worker is known, of which 1 full" },
            { "over", "1 worker is known, of which 1 full" },
            { "limit 0", "1 worker is known, of which 1 full" },
            { "draining", "1 worker is known, of which 1 draining" },
            { "late", "1 worker is known, of which 1 late" },
            { "unreachable", "1 worker is known, of which 1 unreachable" },
            { "no port", "1 worker is known, of which 1 without an open port" },
            { "gone", "0 workers are known to this manager" },
            { "manager", "0 workers are known to this manager" },
            { "none", "0 workers are known to this manager" },
        };

        [Theory]
        [MemberData(nameof(Reasons))]
        public void Is_left_out_and_the_refusal_says_why(string situation, string sentence)
        {
            var manager = InSituation(situation);

            foreach (var key in new[] { null, "some key" })
            {
                var refused = manager.Refusal(key);
                Assert.Equal("no-capacity", refused.Code);
                Assert.Equal($"no worker can take a client: {sentence}", refused.Message);
            }
        }

        [Theory]
        [MemberData(nameof(Reasons))]
        public void Does_not_keep_others_from_being_taken(string situation, string sentence)
        {
            Assert.NotEmpty(sentence);
            var manager = InSituation(situation);
            manager.Report(2, AWorker("other", clients: 40));

            for (var request = 0; request < 10; request++)
                Assert.Equal("other", manager.Grant(request % 2 == 0 ? null : $"key {request}").Node);
        }

        private static ManagerDriver InSituation(string situation)
        {
            var manager = new ManagerDriver();
            if (situation == "none")
                return manager;
            manager.Report(1, situation switch
            {
                "full" => AWorker("a", clients: 50),
                "over" => AWorker("a", clients: 51),
                "limit 0" => AWorker("a", max: 0),
                "draining" => AWorker("a") with { Draining = true },
                "no port" => AWorker("a", port: 0),
                "manager" => AWorker("a") with { Role = 2 },
                _ => AWorker("a"),
            });
            if (situation is "unreachable" or "gone")
                manager.Close(1, left: situation == "gone");
            if (situation == "late")
                manager.Advance(3.1);
            return manager;
        }
    }

    public class A_refusal
    {
        [Fact]
        public void Counts_each_reason()
        {
            var manager = new ManagerDriver();
            manager.Report(1, AWorker("a"));
            manager.Advance(4);
            manager.Report(2, AWorker("b", clients: 50));
            manager.Report(3, AWorker("c", clients: 50));
            manager.Report(4, AWorker("d") with { Draining = true });
            manager.Report(5, AWorker("e"));
            manager.Close(5);

            Assert.Equal(
                "no worker can take a client: 5 workers are known, of which 2 full, 1 draining, 1 late, 1 unreachable",
                manager.Refusal().Message);
        }

        [Theory]
        [InlineData(256, false)]
        [InlineData(257, true)]
        public void Meets_a_key_that_is_too_long(int length, bool refused)
        {
            var manager = new ManagerDriver();
            manager.Report(1, AWorker("a"));

            var answer = manager.Ask(new string('k', length));

            Assert.Equal(refused ? "bad-request" : null, (answer as ClusterActors.Actors.Manager.ManagerQueries.AllocationRefused)?.Code);
            Assert.Equal(refused ? 0 : 1, manager.Entry("a").Leases.Count);
        }
    }

    public class A_burst
    {
        [Fact]
        public void Of_1000_requests_on_10_workers_of_50_gives_exactly_500()
        {
            var manager = new ManagerDriver();
            for (var link = 1; link <= 10; link++)
                manager.Report(link, AWorker($"node-{link}"));

            var granted = Enumerable.Range(0, 1000)
                .Select(_ => manager.Ask())
                .OfType<ClusterActors.Actors.Manager.ManagerQueries.AllocationGranted>()
                .ToArray();

            Assert.Equal(500, granted.Length);
            Assert.All(granted.GroupBy(grant => grant.Node), worker => Assert.Equal(50, worker.Count()));
            Assert.Equal(500, granted.Select(grant => grant.Lease).Distinct().Count());
        }

        [Fact]
        public void Spreads_evenly_on_reports_that_do_not_change()
        {
            var manager = new ManagerDriver();
            for (var link = 1; link <= 20; link++)
                manager.Report(link, AWorker($"node-{link}", max: 10_000));

            var counts = Enumerable.Range(0, 2000).GroupBy(_ => manager.Grant().Node).Select(worker => worker.Count()).ToArray();

            // a single random pick spreads 100 +- 30 here; two choices stay within a few of the mean
            Assert.Equal(20, counts.Length);
            Assert.All(counts, count => Assert.InRange(count, 92, 108));
        }

        [Fact]
        public void Does_not_all_go_to_the_least_loaded()
        {
            var manager = new ManagerDriver();
            for (var link = 1; link <= 20; link++)
                manager.Report(link, AWorker($"node-{link}", clients: link == 1 ? 0 : 100, max: 10_000));

            var toIdle = Enumerable.Range(0, 50).Count(_ => manager.Grant().Node == "node-1");

            Assert.InRange(toIdle, 1, 15);
        }
    }
}
