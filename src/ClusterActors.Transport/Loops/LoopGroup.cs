using System.Collections.Immutable;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Dispatch;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Loops;

/// <summary>
/// The reader-writer loops of a node as the accept loops and dialers see them. The <see cref="IoActor"/> publishes a loop here
/// once its supervisor runs, and takes it out before it ends.
/// </summary>
public sealed class LoopGroup(ConnectionSettings settings)
{
    private sealed record Member(IoLoop Loop, IActorRef Supervisor);

    private ImmutableArray<Member> _members = [];
    private long _lastId;
    private uint _turn;

    /// <summary>Bounds of every connection.</summary>
    public ConnectionSettings Settings { get; } = settings;

    /// <summary>Loops that run now.</summary>
    public int Count => _members.Length;

    /// <summary>Connections that the loops own now, and those on their way to them.</summary>
    public int ConnectionCount => _members.Sum(member => member.Loop.ConnectionCount);

    /// <summary>Hands a connected socket to the loop with the fewest connections. May be called on any thread.</summary>
    /// <param name="socket">The socket; the loop owns and closes it from now on.</param>
    /// <param name="factory">Which actor is to serve it.</param>
    /// <param name="admission">Released once the loop has taken the socket: bounds how many wait for it.</param>
    /// <exception cref="InvalidOperationException">No loop runs: the node is starting or stopping.</exception>
    public void Adopt(Socket socket, IConnectionFactory factory, SemaphoreSlim? admission = null)
    {
        var members = _members;
        if (members.IsEmpty)
            throw new InvalidOperationException("no reader-writer loop runs, so no connection can be served");

        // Equals take turns: short connections would otherwise all be served by the first loop.
        var first = (int)(Interlocked.Increment(ref _turn) % (uint)members.Length);
        var best = members[first];
        foreach (var member in members)
        {
            if (member.Loop.ConnectionCount < best.Loop.ConnectionCount)
                best = member;
        }

        best.Loop.Offer(new Arrival(socket, factory, admission));
        best.Supervisor.Tell(LoopSupervisor.Arrived.Instance, ActorRefs.NoSender);
    }

    /// <summary>Runs something on the thread of every loop.</summary>
    /// <param name="call">Gets the number of the loop; must not throw.</param>
    /// <returns>How many loops it is going to run on.</returns>
    public int RunOnEach(Action<int> call)
    {
        var members = _members;
        foreach (var member in members)
            member.Loop.Post(new ActionRunnable(() => call(member.Loop.Number)));
        return members.Length;
    }

    /// <summary>Tells every connection's actor something.</summary>
    public void TellConnections(object message)
    {
        foreach (var member in _members)
            member.Supervisor.Tell(new LoopSupervisor.TellAll(message), ActorRefs.NoSender);
    }

    internal ConnectionId NextId() => new(Interlocked.Increment(ref _lastId));

    internal void Publish(IoLoop loop, IActorRef supervisor) =>
        ImmutableInterlocked.Update(ref _members, members => members.Add(new Member(loop, supervisor)));

    internal void Withdraw(IoLoop loop) =>
        ImmutableInterlocked.Update(ref _members, members => members.RemoveAll(member => member.Loop == loop));

    internal void WithdrawAll() => ImmutableInterlocked.Update(ref _members, _ => []);
}
