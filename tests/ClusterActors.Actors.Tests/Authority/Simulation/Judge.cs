using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>Watches over what must always hold, in true time.</summary>
internal sealed class Judge(SimulatedNode[] nodes)
{
    private readonly Dictionary<long, ManagerRun> _holders = [];
    private readonly long[] _actsUntil = new long[nodes.Length];
    private readonly (long Epoch, ManagerRun Holder)[] _accepted = new (long, ManagerRun)[nodes.Length];

    /// <summary>After each step of a node.</summary>
    public void Look(SimulatedNode node, long time)
    {
        var holding = node.State?.Holding;
        if (holding is not null)
            Hold(holding.Epoch, node.State!.Self);
        var until = holding?.ValidUntil is { } valid ? node.True(valid) : 0;
        _actsUntil[node.Index] = until;
        if (until <= time)
            return;
        foreach (var other in nodes)
        {
            if (other != node && _actsUntil[other.Index] > time)
                throw new Violation($"{node.Name} (epoch {holding!.Epoch}) and {other.Name} (epoch {other.State?.Holding?.Epoch}) may act at once");
        }
    }

    /// <summary>A worker acknowledged, let in or executed something.</summary>
    public void Accept(SimulatedNode worker, long epoch, ManagerRun holder, string what)
    {
        var (newest, other) = _accepted[worker.Index];
        if (epoch < newest)
            throw new Violation($"{worker.Name} accepted {what} of epoch {epoch} after one of epoch {newest}");
        if (epoch == newest && holder != other)
            throw new Violation($"{worker.Name} accepted {what} of epoch {epoch} from {holder} and from {other}");
        _accepted[worker.Index] = (epoch, holder);
    }

    /// <summary>A command that waited at a worker has its turn.</summary>
    /// <returns>Whether the worker executes it.</returns>
    public bool LetsRun(SimulatedNode worker, WorkerRequest.Command command)
    {
        if (!worker.State!.MayRun(command.From, command.Epoch))
            return false;
        Accept(worker, command.Epoch, command.From, command.Token);
        return true;
    }

    /// <summary>A holder commands a worker only while it may act, and the worker acknowledged its take.</summary>
    public static void Command(SimulatedNode node, WorkerRequest.Command command, long time)
    {
        if (!node.State!.MayAct(node.Local(time)) || command.Epoch != node.State.Holding!.Epoch)
            throw new Violation($"{node.Name} sent {command.Token} of epoch {command.Epoch}, which it does not hold");
    }

    private void Hold(long epoch, ManagerRun holder)
    {
        if (!_holders.TryAdd(epoch, holder) && _holders[epoch] != holder)
            throw new Violation($"epoch {epoch} is held by {holder} and by {_holders[epoch]}");
    }
}
