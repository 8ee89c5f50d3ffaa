using ClusterActors.Actors.Manager;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager;

public class KeySpecs
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 300).Select(n => $"customer-{n}")];

    private static ManagerDriver Fleet(int seed = 20)
    {
        var manager = new ManagerDriver(seed: seed);
        for (var link = 1; link <= 10; link++)
            manager.Report(link, AWorker($"node-{link}", clients: link, max: 10_000));
        return manager;
    }

    private static Dictionary<string, string> Homes(ManagerDriver manager) =>
        Keys.ToDictionary(key => key, key => manager.Grant(key).Node);

    public class A_key
    {
        [Fact]
        public void Sticks_to_its_worker_whatever_the_load_and_the_draw()
        {
            var homes = Homes(Fleet());
            var other = Fleet(seed: 77);
            other.Report(3, AWorker("node-3", clients: 9_000, max: 10_000));

            Assert.Equal(homes, Homes(other));
        }

        [Fact]
        public void Has_the_same_worker_at_a_manager_that_learnt_of_the_fleet_in_another_order()
        {
            var other = new ManagerDriver();
            for (var link = 10; link >= 1; link--)
                other.Report(link, AWorker($"node-{link}", max: 10_000));

            Assert.Equal(Homes(Fleet()), Homes(other));
        }

        [Fact]
        public void Is_one_of_many_that_use_every_worker_about_equally()
        {
            var counts = Homes(Fleet()).GroupBy(home => home.Value).Select(worker => worker.Count()).ToArray();

            Assert.Equal(10, counts.Length);
            Assert.All(counts, count => Assert.InRange(count, 15, 50));
        }

        [Theory]
        [InlineData("left")]
        [InlineData("lost")]
        [InlineData("draining")]
        [InlineData("full")]
        [InlineData("late")]
        public void Moves_only_when_its_own_worker_goes(string how)
        {
            var manager = Fleet();
            var before = Homes(manager);
            Take(manager, "node-4", 4, how);

            var after = Homes(manager);

            Assert.All(Keys, key =>
            {
                Assert.NotEqual("node-4", after[key]);
                if (before[key] != "node-4")
                    Assert.Equal(before[key], after[key]);
            });
            Assert.Contains("node-4", before.Values);
            Assert.True(after.Where(home => before[home.Key] == "node-4").Select(home => home.Value).Distinct().Count() > 3);
        }

        [Fact]
        public void Returns_when_its_worker_returns()
        {
            var manager = Fleet();
            var before = Homes(manager);
            manager.Close(4);
            Homes(manager);
            manager.Report(40, AWorker("node-4", max: 10_000));

            Assert.Equal(before, Homes(manager));
        }

        [Fact]
        public void That_is_empty_is_no_key()
        {
            var manager = Fleet();

            Assert.True(Enumerable.Range(0, 50).Select(_ => manager.Grant("").Node).Distinct().Count() > 1);
        }

        private static void Take(ManagerDriver manager, string node, long link, string how)
        {
            switch (how)
            {
                case "draining":
                    manager.Report(link, AWorker(node) with { Draining = true });
                    break;
                case "full":
                    manager.Report(link, AWorker(node, clients: 10_000, max: 10_000));
                    break;
                case "late":
                    manager.Advance(3.5);
                    for (var other = 1; other <= 10; other++)
                    {
                        if (other != link)
                            manager.Report(other, AWorker($"node-{other}", max: 10_000));
                    }
                    break;
                default:
                    manager.Close(link, left: how == "left");
                    break;
            }
        }
    }

    public class A_hash
    {
        [Theory]
        [InlineData("", 0xF52A15E9A9B5E89BUL)]
        [InlineData("node-1", 0x439E7A655CB2928EUL)]
        public void Is_the_same_on_every_machine_and_in_every_version(string text, ulong expected) =>
            Assert.Equal(expected, Rendezvous.Hash(text));

        [Fact]
        public void Looks_at_both_bytes_of_a_character() =>
            Assert.NotEqual(Rendezvous.Hash("\u0141"), Rendezvous.Hash("\u0241"));
    }
}
