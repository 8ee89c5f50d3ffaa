using ClusterActors.Actors.Manager;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Manager;

public class EligibleWorkersSpecs
{
    /// <summary>Even numbers add, odd ones remove, one of eight workers.</summary>
    [Property(MaxTest = 300, EndSize = 100)]
    public void Are_the_same_as_a_set_after_any_adding_and_removing(byte[] script)
    {
        var workers = EligibleWorkers.Empty;
        var expected = new HashSet<string>();
        foreach (var step in script)
        {
            var node = $"node-{step / 2 % 8}";
            if (step % 2 == 0)
            {
                workers = workers.Add(node, step);
                expected.Add(node);
            }
            else
            {
                workers = workers.Remove(node);
                expected.Remove(node);
            }

            Assert.Equal(expected.Order(), Enumerable.Range(0, workers.Count).Select(position => workers[position]).Order());
            Assert.All(expected, present => Assert.True(workers.Contains(present)));
            Assert.False(workers.Contains("another"));
        }
    }

    [Fact]
    public void Do_not_change_under_the_feet_of_one_who_holds_them()
    {
        var before = EligibleWorkers.Empty.Add("a", 1).Add("b", 2);

        Assert.Equal(1, before.Remove("a").Count);
        Assert.Equal(["a", "b"], [before[0], before[1]]);
    }
}
