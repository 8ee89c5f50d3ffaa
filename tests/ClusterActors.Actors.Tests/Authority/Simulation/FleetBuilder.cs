using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>Makes the nodes of a fleet: its clocks, and mostly disks on which everybody knows everybody already.</summary>
internal static class FleetBuilder
{
    public static SimulatedNode[] Build(FleetShape shape, Random random, Bend bend)
    {
        var names = Enumerable.Range(0, shape.Nodes).Select(node => FleetShape.NameOf(node, shape)).ToArray();
        var lease = TimeSpan.FromMicroseconds(Simulation.Lease);
        var voters = VoterSet.Create(names.Where((_, node) => shape.IsVoter(node)), lease);
        var table = names.Where((_, node) => shape.IsVoter(node))
            .Aggregate(IncarnationTable.Empty, (known, name) => known.With(name, new Incarnation(1, $"{name}@1")));
        var isNew = random.Next(10) == 0;
        var drifts = random.Next(4) > 0;

        var nodes = new SimulatedNode[shape.Nodes];
        for (var i = 0; i < nodes.Length; i++)
        {
            var own = bend.OwnLeases ? voters with { Lease = lease * random.Next(2, 6) / 2 } : voters;
            nodes[i] = new SimulatedNode(i, names[i]) { Voters = own };
            nodes[i].SetClock(random.NextInt64(1_000_000_000), drifts ? Rate(random) : 1);
            nodes[i].Prepare(
                isNew || !shape.IsVoter(i) ? null : new Ballot
                {
                    Promised = 0,
                    Incarnation = $"{names[i]}@1",
                    Table = table,
                    Voters = own,
                    LongestLease = own.Lease,
                    Admitted = true,
                },
                null);
        }
        return nodes;
    }

    // Clocks that are wrong by 20 % in either direction; the extremes more often, for they are the hard ones.
    private static double Rate(Random random) => random.Next(3) switch
    {
        0 => 0.8,
        1 => 1.2,
        _ => 0.8 + 0.4 * random.NextDouble(),
    };
}
