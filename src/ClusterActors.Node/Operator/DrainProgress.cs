using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>How far a worker is with its drain, as one view shows it.</summary>
/// <param name="State">Its state; <see langword="null"/> when the manager does not know it (any more).</param>
/// <param name="Clients">Clients that are connected.</param>
/// <param name="Leases">Clients that were sent there and may still come.</param>
/// <param name="Undrained">Whether it says, after the drain, that it takes clients.</param>
internal sealed record DrainProgress(ServerState? State, long Clients, long Leases, bool Undrained)
{
    /// <summary>Nobody is left. What a worker said before it fell silent proves nothing.</summary>
    public bool IsEmpty => State == ServerState.Draining && Clients + Leases == 0;

    /// <summary>Why there is nothing to wait for, though it is not empty.</summary>
    public string? Ended => State == ServerState.Gone ? "has left before it was empty"
        : Undrained ? "takes clients again: somebody has undrained or restarted it"
        : null;

    /// <summary>What is left, in words that follow the worker's name.</summary>
    public string Words => State switch
    {
        null => "is not known to the manager",
        ServerState.Draining or ServerState.Up => $"{Left} left",
        { } other => $"{Left} left when last heard of, now {other.ToString().ToLowerInvariant()}",
    };

    /// <summary>Clients and leases, in words.</summary>
    public string Left => $"{CommandLines.Clients(Clients)} and {CommandLines.Counted(Leases, "outstanding lease")}";

    /// <summary>Finds the worker in a view.</summary>
    /// <param name="view">What a manager answered.</param>
    /// <param name="node">The worker.</param>
    /// <param name="drainedFor">Time since the drain was answered: an older report does not know of it.</param>
    public static DrainProgress Of(ViewReply view, string node, TimeSpan drainedFor)
    {
        if (view.Nodes.FirstOrDefault(server => server.Node == node) is not { } found)
            return new DrainProgress(null, 0, 0, false);
        var undrained = found.State == ServerState.Up && found.LastReport < drainedFor.TotalMilliseconds;
        return new DrainProgress(found.State, found.Report.ClientCount, found.OutstandingLeases ?? 0, undrained);
    }
}
