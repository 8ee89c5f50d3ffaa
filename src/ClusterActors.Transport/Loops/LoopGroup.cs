using System.Collections.Immutable;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Loops;

/// <summary>
/// The reader-writer loops of a node as the accept loops and dialers see them. The <see cref="IoActor"/> publishes a lane here
/// once its supervisor runs, and takes it out before it ends.
/// </summary>
public sealed class LoopGroup(ConnectionSettings settings)
{
    private sealed record Member(Lane Lane, IActorRef Supervisor);

    private ImmutableArray<Member> _members = [];
    private ImmutableArray<ImmutableArray<Member>> _byLoop = [];
    private int _count;
    private long _lastId;
    private uint _turn;

    /// <summary>Bounds of every connection.</summary>
    public ConnectionSettings Settings { get; } = settings;

    /// <summary>Loops that run now.</summary>
    public int Count
    {
        get => Volatile.Read(ref _count);
        internal set => Volatile.Write(ref _count, value);
    }

    /// <summary>Connections that the loops own now, and those on their way to them.</summary>
    public int ConnectionCount => _members.Sum(member => member.Lane.ConnectionCount);

    /// <summary>Hands a connected socket to the loop with the fewest connections. May be called on any thread.</summary>
    /// <param name="socket">The socket; its loop owns and closes it from now on.</param>
    /// <param name="factory">Which actor is to serve it.</param>
    /// <param name="admission">Released once the loop has taken the socket: bounds how many wait for it.</param>
    /// <exception cref="InvalidOperationException">No loop runs: the node is starting or stopping.</exception>
    public void Adopt(Socket socket, IConnectionFactory factory, SemaphoreSlim? admission = null)
    {
        var loops = _byLoop;
        if (loops.IsEmpty)
            throw new InvalidOperationException("no reader-writer loop runs, so no connection can be served");

        // Equals take turns: short connections would otherwise all be served by the first loop.
        var best = Emptiest(Emptiest(loops, (int)(Interlocked.Increment(ref _turn) % (uint)loops.Length)));
        best.Lane.Offer(new Arrival(socket, factory, admission));
        best.Supervisor.Tell(LaneSupervisor.Arrived.Instance, ActorRefs.NoSender);
    }

    /// <summary>Runs something on the thread of every lane; what one thread gives a lane to run is run in that order.</summary>
    /// <param name="call">Gets the number of the lane; must not throw.</param>
    /// <returns>On how many lanes it is going to run.</returns>
    public int RunOnEachLane(Action<int> call)
    {
        var members = _members;
        var visit = new LaneSupervisor.Visit(call);
        foreach (var member in members)
            member.Supervisor.Tell(visit, ActorRefs.NoSender);
        return members.Length;
    }

    /// <summary>Tells every connection's actor something.</summary>
    /// <param name="message">What to tell.</param>
    /// <param name="andLaterOnes">Whether connections that come later are told as well, as the first thing they hear.</param>
    public void TellConnections(object message, bool andLaterOnes = false)
    {
        foreach (var member in _members)
            member.Supervisor.Tell(new LaneSupervisor.TellAll(message, andLaterOnes), ActorRefs.NoSender);
    }

    internal ImmutableArray<Lane> Lanes => [.. _members.Select(member => member.Lane)];

    internal ConnectionId NextId() => new(Interlocked.Increment(ref _lastId));

    internal void Publish(Lane lane, IActorRef supervisor)
    {
        ImmutableInterlocked.Update(ref _members, members => members.Add(new Member(lane, supervisor)));
        Regroup();
    }

    internal void Withdraw(Lane lane)
    {
        ImmutableInterlocked.Update(ref _members, members => members.RemoveAll(member => member.Lane == lane));
        Regroup();
    }

    internal void WithdrawAll()
    {
        ImmutableInterlocked.Update(ref _members, _ => []);
        Regroup();
        Count = 0;
    }

    /// <summary>Lanes have moved. Until it is told so, a new connection may go where it would not have to; it is served all the same.</summary>
    internal void Regroup() =>
        _byLoop = [.. _members.GroupBy(member => member.Lane.Loop).Select(lanes => lanes.ToImmutableArray())];

    private static ImmutableArray<Member> Emptiest(ImmutableArray<ImmutableArray<Member>> loops, int first)
    {
        var (best, least) = (loops[first], ConnectionsOf(loops[first]));
        foreach (var loop in loops)
        {
            if (ConnectionsOf(loop) is var count && count < least)
                (best, least) = (loop, count);
        }

        return best;
    }

    private static Member Emptiest(ImmutableArray<Member> lanes)
    {
        var best = lanes[0];
        foreach (var lane in lanes)
        {
            if (lane.Lane.ConnectionCount < best.Lane.ConnectionCount)
                best = lane;
        }

        return best;
    }

    private static int ConnectionsOf(ImmutableArray<Member> lanes)
    {
        var count = 0;
        foreach (var lane in lanes)
            count += lane.Lane.ConnectionCount;
        return count;
    }
}
