using System.Collections.Immutable;

namespace ClusterActors.Transport.Loops;

/// <summary>
/// Spreads lanes over loops so that each has about the same number of connections, and the empty lanes evenly too, moving no lane
/// that can stay.
/// </summary>
internal static class LanePlan
{
    /// <summary>Which lanes have to move.</summary>
    /// <param name="lanes">For each lane the index of its loop, -1 when that loop is to go, and how many connections it has.</param>
    /// <param name="loops">How many loops there are, 1 or more.</param>
    public static ImmutableArray<LaneMove> Balance(IReadOnlyList<(int Loop, int Connections)> lanes, int loops)
    {
        var share = (int)Math.Ceiling((double)lanes.Sum(lane => (long)lane.Connections) / loops);
        var mostLanes = (lanes.Count + loops - 1) / loops;
        var connections = new long[loops];
        var counts = new int[loops];
        var moves = ImmutableArray.CreateBuilder<LaneMove>();

        // Large ones first: small ones fill the gaps that are left, and empty ones only see to it that no loop goes without.
        var largestFirst = Enumerable.Range(0, lanes.Count).OrderByDescending(lane => lanes[lane].Connections).ThenBy(lane => lane).ToList();
        Place(largestFirst.Where(lane => lanes[lane].Connections > 0));
        Place(largestFirst.Where(lane => lanes[lane].Connections == 0));
        return moves.ToImmutable();

        void Place(IEnumerable<int> some)
        {
            foreach (var lane in some.Where(lane => !Stays(lane)).ToList())
            {
                var best = Emptiest(lanes[lane].Loop);
                Put(lane, best);
                if (best != lanes[lane].Loop)
                    moves.Add(new LaneMove(lane, best));
            }
        }

        bool Stays(int lane)
        {
            var (loop, count) = lanes[lane];
            if (loop < 0 || connections[loop] + count > share || (count == 0 && counts[loop] >= mostLanes))
                return false;
            Put(lane, loop);
            return true;
        }

        void Put(int lane, int loop)
        {
            connections[loop] += lanes[lane].Connections;
            counts[loop]++;
        }

        int Emptiest(int home)
        {
            var best = 0;
            for (var loop = 1; loop < loops; loop++)
            {
                if (IsBetter(loop, best, home))
                    best = loop;
            }

            return best;
        }

        bool IsBetter(int loop, int best, int home) =>
            (connections[loop], counts[loop], loop == home ? 0 : 1).CompareTo((connections[best], counts[best], best == home ? 0 : 1)) < 0;
    }
}
