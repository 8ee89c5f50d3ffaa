using ClusterActors.Transport.Loops;
using Xunit;

namespace ClusterActors.Transport.Tests.Loops;

public sealed class LanePlanSpecs
{
    private const int Leaves = -1;

    [Fact]
    public void Balanced_lanes_stay_where_they_are() =>
        Assert.Empty(LanePlan.Balance([(0, 3), (1, 3), (0, 4), (1, 4)], 2));

    [Fact]
    public void A_single_connection_is_not_moved_about() =>
        Assert.Empty(LanePlan.Balance([(0, 0), (1, 1), (0, 0), (1, 0)], 2));

    [Fact]
    public void Half_of_the_lanes_go_to_a_second_loop() =>
        Assert.Equal(4, LanePlan.Balance([.. Enumerable.Repeat((0, 10), 8)], 2).Count(move => move.Loop == 1));

    [Fact]
    public void A_fourth_loop_takes_its_share_of_each_other_and_nothing_else_moves()
    {
        List<(int Loop, int Connections)> lanes = [];
        for (var lane = 0; lane < 24; lane++)
            lanes.Add((lane % 3, 10));
        for (var lane = 0; lane < 8; lane++)
            lanes.Add((3, 0));

        var moves = LanePlan.Balance(lanes, 4);

        Assert.Equal(6, moves.Count(move => lanes[move.Lane].Connections > 0));
        Assert.All(moves, move => Assert.Equal(lanes[move.Lane].Connections > 0, move.Loop == 3));
    }

    [Fact]
    public void The_lanes_of_a_loop_that_leaves_are_spread_over_the_others()
    {
        var moves = LanePlan.Balance([(0, 5), (1, 5), (Leaves, 5), (0, 5), (1, 5), (Leaves, 5)], 2);

        Assert.Equal([2, 5], moves.Select(move => move.Lane).Order());
        Assert.Equal([0, 1], moves.Select(move => move.Loop).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_given_every_lane_has_a_loop_and_the_loops_are_alike(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var loops = random.Next(1, 9);
            var most = random.Next(0, 50);
            List<(int Loop, int Connections)> lanes =
                [.. Enumerable.Range(0, random.Next(8 * loops, (8 * loops) + 40)).Select(_ => (random.Next(-1, loops), random.Next(0, most + 1)))];

            var moves = LanePlan.Balance(lanes, loops);

            var after = lanes.Select(lane => lane.Loop).ToArray();
            foreach (var (lane, loop) in moves)
            {
                Assert.NotEqual(loop, after[lane]);
                after[lane] = loop;
            }

            Assert.Equal(Enumerable.Range(0, loops), after.Distinct().Order());
            var sums = Enumerable.Range(0, loops).Select(loop => lanes.Where((_, lane) => after[lane] == loop).Sum(lane => lane.Connections)).ToArray();
            var largest = lanes.Max(lane => lane.Connections);
            Assert.True(sums.Max() <= (sums.Sum() / loops) + 1 + largest, $"{string.Join(' ', sums)} connections, {largest} at most on a lane");
        }
    }
}
