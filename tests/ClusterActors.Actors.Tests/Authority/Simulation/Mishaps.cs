using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>Makes things go wrong, and puts an end to it.</summary>
internal sealed class Mishaps(Simulation simulation, Weather weather, Random random)
{
    private readonly long _between = Simulation.Lease / random.Next(1, 6);
    private readonly int _atOnce = random.Next(1, 4);

    private SimulatedNode[] Nodes => simulation.Nodes;

    /// <summary>One thing goes wrong, or several at once; says how long until the next time.</summary>
    public long Strike()
    {
        for (var more = random.Next(_atOnce); more >= 0; more--)
            StrikeOnce();
        if (random.Next(2) == 0)
            HandOver();
        return random.NextInt64(2 * _between);
    }

    /// <summary>A node that starts may find its files gone; a ballot only if all others have theirs.</summary>
    public void LoseFiles(SimulatedNode node)
    {
        if (random.Next(3) == 0)
            node.LoseFence();

        // With fewer voters no majority is left that could readmit one: the operator has to force it.
        if (Nodes.Count(other => simulation.Shape.IsVoter(other.Index)) > 2 && simulation.Shape.IsVoter(node.Index) && random.Next(3) == 0
            && Nodes.All(other => !simulation.Shape.IsVoter(other.Index) || other.Ballot is { Admitted: true }))
            node.LoseBallot();
    }

    /// <summary>Everything works from now on, but for voters that stay away for ever, while enough are left.</summary>
    public void End()
    {
        weather.Clear();
        var away = StayAway();
        foreach (var node in Nodes)
        {
            node.PausedUntil = 0;
            if (away.Contains(node))
            {
                simulation.Crash(node, long.MaxValue >> 24);
                node.Life++;
                simulation.Tell(node.Name, "STAYS AWAY");
            }
            else if (!node.Up)
            {
                node.Life++;
                simulation.After(random.NextInt64(Simulation.Lease / 10), new Happening(HappeningKind.Restart, node.Index, node.Life, null));
            }
        }
    }

    private void StrikeOnce()
    {
        var node = Victim();
        switch (random.Next(10))
        {
            case 0:
                simulation.Crash(node, Down());
                break;
            case 9:
                CrashMany();
                break;
            case 1:
                simulation.Pause(node, Time(6, 10));
                break;
            case 2:
                Cut("is not heard", node, (from, _) => from == node.Index);
                break;
            case 3:
                Cut("hears nothing", node, (_, to) => to == node.Index);
                break;
            case 4:
                Cut("is alone", node, (from, to) => from == node.Index || to == node.Index);
                break;
            case 5:
                var side = random.Next(1 << Nodes.Length);
                Cut("is on the other side of a split", node, (from, to) => ((side >> from) & 1) != ((side >> to) & 1));
                break;
            case 6:
                var other = random.Next(Nodes.Length);
                Cut($"is not heard by {Nodes[other].Name}", node, (from, to) => from == node.Index && to == other);
                break;
            case 7:
                weather.Change();
                break;
            default:
                StandAtOnce();
                break;
        }
    }

    // Workers are needed for service, the witness among them.
    private List<SimulatedNode> StayAway()
    {
        List<SimulatedNode> away = [];
        if (random.Next(2) == 0)
            return away;
        var voters = Nodes.Where(node => simulation.Shape.IsVoter(node.Index)).ToArray();
        var admitted = voters.Count(node => node.Ballot is { Admitted: true });
        foreach (var node in voters.OrderBy(_ => random.Next()).Where(node => simulation.Shape.IsManager(node.Index)))
        {
            var left = Nodes.Any(one => one.Index < simulation.Shape.VotingManagers && one != node && one.Ballot is { Admitted: true } && !away.Contains(one));
            if (left && admitted > voters.Length / 2 + 1 && node.Ballot is { Admitted: true })
            {
                away.Add(node);
                admitted--;
            }
        }
        return away;
    }

    // The power goes and comes back; who was cut off at that time is not among them.
    private void CrashMany()
    {
        var spared = Victim();
        foreach (var node in Nodes)
        {
            if (node != spared && random.Next(4) > 0)
                simulation.Crash(node, random.NextInt64(Simulation.Lease / 20));
        }
        if (random.Next(2) == 0)
            Cut("is alone", spared, (from, to) => from == spared.Index || to == spared.Index);
    }

    private long Down() => random.Next(2) == 0 ? Time(7, 10) : Time(1, 20);

    private SimulatedNode Victim()
    {
        var holder = Array.Find(Nodes, node => node.State?.Holding is not null);
        return holder is not null && random.Next(2) == 0 ? holder : Nodes[random.Next(Nodes.Length)];
    }

    private void Cut(string what, SimulatedNode node, Func<int, int, bool> direction)
    {
        var length = random.Next(3) == 0 ? Time(1, 10) : Time(1, 1);
        simulation.Tell(node.Name, $"{what} for {length / 1000} ms");
        weather.CutFor(direction, simulation.Time + length);
    }

    private void HandOver()
    {
        var holder = Array.Find(Nodes, node => node.State?.Holding is not null);
        if (holder is not null)
            simulation.After(0, new Happening(HappeningKind.Input, holder.Index, holder.Life, new AuthorityInput.HandOver(Nodes[random.Next(simulation.Shape.Managers)].Name)));
    }

    // Chance may give several the shortest delay at the same time.
    private void StandAtOnce()
    {
        foreach (var node in Nodes)
        {
            if (node.State is { Rank: not null } state)
                node.State = state with { StandDelay = TimeSpan.Zero };
        }
    }

    private long Time(int part, int of) => (long)(-Math.Log(1 - random.NextDouble()) * Simulation.Lease * part / of);
}
