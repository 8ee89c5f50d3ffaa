using System.Globalization;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Configuration;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Authority;

/// <summary>What is answered to requests that only the holder of authority may do (PROTOCOL.md section 3).</summary>
internal static class AuthorityReplies
{
    /// <summary><c>not-authority</c>, with the address of the holder where it is known and is another server.</summary>
    public static Reply NotAuthority(AuthorityGate gate)
    {
        if (gate.Newest is not { } newest)
            return Reply.Failed(FailureCode.NotAuthority, "this server has just started and knows of no holder of management authority yet; ask again");
        var state = newest.State;
        if (state.Holder is not { } holder || holder.Node == state.Self.Node || !HostAndPort.TryParse(holder.Node, out var address))
            return Reply.Failed(FailureCode.NotAuthority, $"{newest.Node} does not hold management authority: {NoHolder.Why(newest, gate.Now)}");
        return Reply.Failed(
            FailureCode.NotAuthority,
            $"{newest.Node} does not hold management authority; ask {newest.NodeOf(holder.Node)} at {holder.Node}",
            new Parameter("ip", address.Host),
            new Parameter("port", address.Port.ToString(CultureInfo.InvariantCulture)),
            new Parameter("epoch", holder.Epoch.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary><c>stale-epoch</c>, with the newest epoch that this worker accepted.</summary>
    public static Reply Stale(AuthorityState state, FenceVerdict verdict, long epoch)
    {
        var fence = state.Fencing?.Fence;
        var reason = verdict switch
        {
            FenceVerdict.Unknown => "this server lost the newest epoch it accepted and takes no command until a majority of the voters has told it",
            FenceVerdict.AnotherHolder => $"epoch {epoch} is held by {fence?.Holder?.Node ?? "another server"} in another run",
            _ => $"epoch {epoch} is over; this server obeys {fence?.Holder?.Node ?? "the holder"} of epoch {fence?.Epoch ?? 0}",
        };
        return Reply.Failed(
            FailureCode.StaleEpoch, reason, new Parameter("epoch", (fence?.Epoch ?? 0).ToString(CultureInfo.InvariantCulture)));
    }
}
