using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;

namespace ClusterActors.Actors.Tests.Worker.Commands;

public class ResizeRuleSpecs
{
    private readonly ResizeRule _rule = ResizeRule.Threads(new WorkerLimits(8, 3, 5));

    [Theory]
    [InlineData(1, 7)]
    [InlineData(8, -7)]
    [InlineData(2, -1)]
    public void Between_one_and_the_bound_everything_is_possible(int present, long change) => Assert.Null(_rule.WhyNot(present, change));

    [Theory]
    [InlineData(3, 6, "this server has 3 worker threads; 6 more are too many, worker.maxThreads allows 8 in all: up to 5 can be added")]
    [InlineData(1, int.MaxValue, "this server has 1 worker thread; 2147483647 more are too many, worker.maxThreads allows 8 in all: up to 7 can be added")]
    [InlineData(3, -3, "this server has 3 worker threads; the last one cannot be removed: up to 2 can go, not 3")]
    [InlineData(1, -(long)int.MaxValue, "this server has 1 worker thread; the last one cannot be removed: none can go")]
    public void Beyond_it_is_told_what_is_possible(int present, long change, string reason) =>
        Assert.Equal(("out-of-range", reason), (_rule.WhyNot(present, change)!.Code, _rule.WhyNot(present, change)!.Reason));

    [Fact]
    public void Reader_writers_have_a_bound_of_their_own() => Assert.Contains(
        "2 reader-writers; 2 more are too many, worker.maxReaderWriters allows 3",
        ResizeRule.ReaderWriters(new WorkerLimits(8, 3, 5)).WhyNot(2, 2)!.Reason,
        StringComparison.Ordinal);
}
