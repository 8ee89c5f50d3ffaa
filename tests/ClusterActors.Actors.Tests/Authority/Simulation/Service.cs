using System.Globalization;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>Orders commands, readmits, and knows whether the fleet serves.</summary>
internal sealed class Service(Simulation simulation)
{
    private readonly long[] _servedAt = new long[simulation.Nodes.Length];
    private int _tokens;

    /// <summary>
    /// Every worker executed a command that was ordered since it is quiet, and every voter that can acknowledges the holder, so that
    /// the loss of any one more would not end it.
    /// </summary>
    public bool IsBack => Missing is null;

    /// <summary>What is missing; null when nothing is.</summary>
    public string? Missing
    {
        get
        {
            for (var worker = simulation.Shape.Managers; worker < simulation.Nodes.Length; worker++)
            {
                if (_servedAt[worker] <= simulation.QuietSince)
                    return $"{simulation.Nodes[worker].Name} executes nothing";
            }
            return Silent();
        }
    }

    public void Ran(SimulatedNode worker, WorkerRequest.Command command) =>
        _servedAt[worker.Index] = Math.Max(_servedAt[worker.Index], long.Parse(command.Token, CultureInfo.InvariantCulture) >> 20);

    public void LookAfter(Random random)
    {
        var quiet = simulation.QuietSince is not null;
        foreach (var node in simulation.Nodes)
        {
            if (node.State is { Voter: { Ballot.Admitted: false, NeedsReadmission: true, Readmission: null } } && (quiet || random.Next(3) > 0))
                Input(node, AuthorityInput.Readmit.Instance);
            if (node.State?.Holding is null)
                continue;
            for (var worker = simulation.Shape.Managers; worker < simulation.Nodes.Length; worker++)
                Input(node, new AuthorityInput.Order(simulation.Nodes[worker].Name, Token()));
        }
    }

    private string? Silent()
    {
        var holder = Array.Find(simulation.Nodes, node => node.State is { } state && state.MayAct(node.Local(simulation.Time)));
        if (holder?.State is not { } holding)
            return "nobody holds";
        var now = holder.Local(simulation.Time);
        foreach (var node in simulation.Nodes)
        {
            if (node.State?.Voter is { Ballot.Admitted: true } && !Acknowledges(holding.Holding!, node.Name, now - holding.Settings.Validity))
                return $"{node.Name} does not acknowledge {holder.Name}";
        }
        return null;
    }

    private static bool Acknowledges(Holding holding, string voter, TimeSpan since)
    {
        foreach (var one in holding.Acknowledged)
        {
            if (one.Voter == voter && one.SentAt > since)
                return true;
        }
        return false;
    }

    private string Token() => ((simulation.Time << 20) | (long)_tokens++).ToString(CultureInfo.InvariantCulture);

    private void Input(SimulatedNode node, AuthorityInput input) =>
        simulation.After(0, new Happening(HappeningKind.Input, node.Index, node.Life, input));
}
