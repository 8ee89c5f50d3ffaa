using System.Collections.Immutable;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Manager;

/// <summary>Shows management authority as this node knows it (PROTOCOL.md section 4.3).</summary>
internal static class HolderViews
{
    /// <summary>The holder, if one is alive as far as can be told from here: node id, epoch, and the rest.</summary>
    public static (string Node, long Epoch, HolderView View) Of(AuthorityGate gate)
    {
        var now = gate.Now;
        if (gate.Newest is not { } newest)
            return ("", 0, HolderView.None);
        var state = newest.State;
        var voters = state.Voters.Voters.Select(name => View(name, newest, now)).ToImmutableArray();
        var epoch = state.Holder?.Epoch ?? 0;
        return state.HearsOfHolder(now)
            ? (newest.NodeOf(state.Holder!.Node), epoch, new HolderView(state.Holder.Node, Milliseconds(now - state.Holder.Since), null, voters))
            : ("", epoch, new HolderView(null, null, NoHolder.Why(newest, now), voters));
    }

    private static VoterView View(string name, AuthoritySnapshot newest, TimeSpan now)
    {
        if (name == newest.State.Self.Node)
            return Own(name, newest, now);
        if (newest.Servers.GetValueOrDefault(name) is not { } server)
            return new VoterView(name);
        var view = new VoterView(name) { Node = server.Standing.Node, Linked = server.IsLinked, Seen = Milliseconds(now - server.At) };
        return server.Standing.Voter is not { } voter ? view : view with
        {
            Promised = voter.Promised,
            Admitted = voter.Admitted,
            Silent = Milliseconds(Left(voter.Silent, now - server.At)),
            Lease = Milliseconds(Left(voter.Lease, now - server.At)),
            Holder = voter.Holder,
            Epoch = voter.Epoch,
        };
    }

    private static VoterView Own(string name, AuthoritySnapshot newest, TimeSpan now)
    {
        var state = newest.State;
        var view = new VoterView(name) { Node = newest.Node, Linked = true, Seen = 0 };
        return state.Voter is not { } voter ? view : view with
        {
            Promised = voter.Ballot.Promised,
            Admitted = voter.Ballot.Admitted,
            Silent = Milliseconds(Left(voter.SilentUntil, now)),
            Lease = Milliseconds(Left(voter.LeaseUntil, now)),
            Holder = voter.LeaseHolder?.Node,
            Epoch = state.Holder?.Epoch ?? 0,
        };
    }

    private static TimeSpan Left(TimeSpan until, TimeSpan past) => until > past ? until - past : TimeSpan.Zero;

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
