using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager;

public class ExplanationSpecs
{
    public class Of_a_choice
    {
        private readonly ManagerDriver _manager = new();

        [Fact]
        public void By_load_shows_both_loads()
        {
            _manager.Report(1, AWorker("a", clients: 6));
            _manager.Report(2, AWorker("b", clients: 20));

            Assert.Equal(
                [
                    new("a", ServerState.Up, 0.12, null, 0, true, "chosen: lowest load of two picked (0.12 against 0.40)"),
                    new("b", ServerState.Up, 0.4, null, 0, false, "picked, but its load is higher (0.40 against 0.12)"),
                ],
                _manager.Grant(explain: true).Explain.AsEnumerable());
        }

        [Fact]
        public void By_CPU_shows_both_CPUs()
        {
            _manager.Report(1, AWorker("a", cpu: 70.25));
            _manager.Report(2, AWorker("b", cpu: 3));

            Assert.Equal(
                [
                    ("a", "picked, but its CPU is higher (70.25 % against 3 %)"),
                    ("b", "chosen: lowest CPU of two picked with equal load (3 % against 70.25 %)"),
                ],
                Reasons(_manager.Grant(explain: true).Explain));
        }

        [Fact]
        public void By_lot_says_so()
        {
            _manager.Report(1, AWorker("a"));
            _manager.Report(2, AWorker("b"));

            Assert.Equal(
                ["chosen: by lot of two picked with equal load and CPU", "picked, but lost the lot"],
                Reasons(_manager.Grant(explain: true).Explain).Select(reason => reason.Reason).Order());
        }

        [Fact]
        public void From_many_tells_who_was_not_picked()
        {
            for (var link = 1; link <= 6; link++)
                _manager.Report(link, AWorker($"node-{link}", clients: link));

            var explain = _manager.Grant(explain: true).Explain;

            Assert.Equal(4, explain.Count(candidate => candidate.Reason == "not picked by the draw"));
            Assert.Equal(1, explain.Count(candidate => candidate.Chosen));
        }

        [Fact]
        public void By_key_tells_that_the_key_moved_on_because_its_worker_is_full()
        {
            for (var link = 1; link <= 3; link++)
                _manager.Report(link, AWorker($"node-{link}", max: 1));

            var first = _manager.Grant("k", explain: true);
            var second = _manager.Grant("k", explain: true);

            Assert.Equal("chosen: first in the order of this key", Of(first.Explain, first.Node).Reason);
            Assert.Equal("chosen: next in the order of this key, 1 before it full", Of(second.Explain, second.Node).Reason);
            Assert.Equal("full (1 of 1)", Of(second.Explain, first.Node).Reason);
            Assert.Contains(second.Explain, candidate => candidate.Reason == "further down in the order of this key");
        }
    }

    public class Of_a_server_that_cannot_be_chosen
    {
        [Fact]
        public void Gives_the_reason_in_words()
        {
            var manager = new ManagerDriver();
            manager.Report(1, AWorker("a-late"));
            manager.Report(2, AWorker("b-left"));
            manager.Report(3, AWorker("c-lost"));
            manager.Advance(1);
            manager.Close(2, left: true, reason: "said goodbye");
            manager.Close(3, reason: "connection reset");
            manager.Advance(3.2);
            manager.Report(4, AWorker("d-draining") with { Draining = true });
            manager.Report(5, AWorker("e-full", clients: 50));
            manager.Report(6, AWorker("f-closed", port: 0));
            manager.Report(7, AWorker("g-manager") with { Role = 2 });
            manager.Report(8, AWorker("h-only"));

            Assert.Equal(
                [
                    ("a-late", "late: last report 4.2 s ago"),
                    ("b-left", "gone, link closed 3.2 s ago: said goodbye"),
                    ("c-lost", "unreachable for 3.2 s: connection reset"),
                    ("d-draining", "draining: takes no new clients"),
                    ("e-full", "full (50 of 50)"),
                    ("f-closed", "no business port is open"),
                    ("g-manager", "a manager only: takes no clients"),
                    ("h-only", "chosen: the only one with room"),
                ],
                Reasons(manager.Grant(explain: true).Explain));
        }

        [Fact]
        public void Comes_with_a_refusal_too()
        {
            var manager = new ManagerDriver();
            manager.Report(1, AWorker("a", max: 1));
            manager.Grant();

            var candidate = Assert.Single(manager.Refusal(explain: true).Explain);

            Assert.Equal(new AllocationCandidate("a", ServerState.Up, 1, null, 1, false, "full (1 of 1)"), candidate);
        }
    }

    public class Asked_for
    {
        [Fact]
        public void Does_not_change_the_choice()
        {
            var plain = Fleet();
            var explained = Fleet();

            Assert.Equal(
                Enumerable.Range(0, 40).Select(_ => plain.Grant().Node).ToArray(),
                Enumerable.Range(0, 40).Select(_ => explained.Grant(explain: true).Node).ToArray());
        }

        private static ManagerDriver Fleet()
        {
            var manager = new ManagerDriver();
            for (var link = 1; link <= 12; link++)
                manager.Report(link, AWorker($"node-{link}", clients: link));
            return manager;
        }
    }

    private static IEnumerable<(string Node, string Reason)> Reasons(IEnumerable<AllocationCandidate> explain) =>
        explain.Select(candidate => (candidate.Node, candidate.Reason));

    private static AllocationCandidate Of(IEnumerable<AllocationCandidate> explain, string node) =>
        explain.Single(candidate => candidate.Node == node);
}
