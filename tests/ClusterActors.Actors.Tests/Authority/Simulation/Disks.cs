using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>Carries out writes: they take time, fail, and nodes crash before and after them.</summary>
internal sealed class Disks(Simulation simulation, Random random, Bend bend)
{
    private bool IsRough => simulation.QuietSince is null;

    /// <summary>How long a write takes.</summary>
    public long Delay() => IsRough && random.Next(50) == 0 ? random.NextInt64(Simulation.Lease / 2) : 100 + random.NextInt64(3_000);

    public void WriteBallot(SimulatedNode node, int life, AuthorityEffect.WriteBallot write)
    {
        if (life != node.Life)
            return;
        var fate = IsRough ? random.Next(300) : 9;
        if (fate is 0 or 2)
            simulation.Tell(node.Name, $"  ballot {write.Ticket} is not written");
        else
            node.Write(write.Ballot, simulation.Time);

        if (fate is 0 or 1)
            simulation.Crash(node, random.NextInt64(Simulation.Lease));
        else if (fate is 2 or 3)
            Say(node, new AuthorityInput.BallotFailed(write.Ticket, node.Ballot));
        else
            Say(node, new AuthorityInput.BallotWritten(write.Ticket));
    }

    public void WriteFence(SimulatedNode node, int life, AuthorityEffect.WriteFence write)
    {
        if (life != node.Life)
            return;
        var fate = IsRough ? random.Next(60) : 9;
        if (fate is 0 or 2)
            simulation.Tell(node.Name, $"  fence {write.Ticket} is not written");
        else
            node.Write(write.Fence, simulation.Time);

        if (fate is 0 or 1)
            simulation.Crash(node, random.NextInt64(Simulation.Lease));
        else if (fate is 2 or 3)
            Say(node, new AuthorityInput.FenceFailed(write.Ticket, node.Fence));
        else if (!bend.AnswersBeforeWriting)
            Say(node, new AuthorityInput.FenceWritten(write.Ticket));
    }

    private void Say(SimulatedNode node, AuthorityInput input) =>
        simulation.After(0, new Happening(HappeningKind.Input, node.Index, node.Life, input));
}
