using System.Collections.Concurrent;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Dispatch;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Loops;

/// <summary>
/// A group of connections that is always served by one loop and moves to another one as a whole: its connections' actors and
/// their supervisor share one dispatcher, which runs them on the thread of whatever loop the lane is on. Loops can so come and
/// go while no actor ever changes its dispatcher, and no connection is ever touched by two threads.
/// </summary>
/// <remarks>There are some lanes for each loop that ever ran at the same time. None ends before the node does.</remarks>
internal sealed class Lane(int number, IoLoop loop)
{
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly List<Connection> _connections = [];
    private volatile IoLoop _loop = loop;
    private volatile bool _ended;
    private int _connectionCount;

    /// <summary>Number of the lane, from 0.</summary>
    public int Number { get; } = number;

    /// <summary>Where it is served now. Certain only on that loop's own thread.</summary>
    public IoLoop Loop => _loop;

    /// <summary>Connections it has now and sockets on their way to it. May be read on any thread.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    public string DispatcherId => $"io-lane-{Number}";

    /// <summary>Runs an actor's mailbox: at once on the loop's own thread, otherwise as soon as the loop comes to it.</summary>
    public void Execute(IRunnable run) => _loop.Execute(this, run);

    /// <summary>Puts a socket on its way to this lane. Called on any thread; at a lane that has ended the socket is closed.</summary>
    public void Offer(Arrival arrival)
    {
        Interlocked.Increment(ref _connectionCount);
        _arrivals.Enqueue(arrival);
        Interlocked.MemoryBarrier();
        if (_ended)
            TurnAwayArrivals();
    }

    public Arrival? TakeArrival()
    {
        if (!_arrivals.TryDequeue(out var arrival))
            return null;
        arrival.Admission?.Release();
        return arrival;
    }

    /// <summary>Makes a connection of a socket that has arrived.</summary>
    /// <exception cref="SocketException">It is connected no more. It is closed.</exception>
    public Connection Own(Socket socket, LoopGroup group)
    {
        try
        {
            var connection = new Connection(group.NextId(), this, socket, group.Settings) { Slot = _connections.Count };
            _connections.Add(connection);
            return connection;
        }
        catch
        {
            socket.Dispose();
            Interlocked.Decrement(ref _connectionCount);
            throw;
        }
    }

    public void Remove(Connection connection)
    {
        var last = _connections[^1];
        _connections[connection.Slot] = last;
        last.Slot = connection.Slot;
        _connections.RemoveAt(_connections.Count - 1);
        Interlocked.Decrement(ref _connectionCount);
    }

    /// <summary>Closes the connection of an actor that cannot do so; looks through all, which is for failures only.</summary>
    public void AbortConnectionOf(IActorRef actor) => _connections.Find(connection => connection.Actor.Equals(actor))?.Abort();

    /// <summary>Closes all that is left.</summary>
    public void AbortAll()
    {
        while (_connections.Count > 0)
            _connections[^1].Abort();
    }

    /// <summary>Takes no socket any more.</summary>
    public void End()
    {
        _ended = true;
        Interlocked.MemoryBarrier();
        TurnAwayArrivals();
    }

    /// <summary>Looks at the time limits of its connections.</summary>
    public void Sweep(long now)
    {
        for (var i = _connections.Count - 1; i >= 0; i--)
        {
            if (i < _connections.Count)
                _connections[i].Sweep(now);
        }
    }

    /// <summary>
    /// Leaves its loop for another one. Called on the thread of the loop it leaves, which must not touch it afterwards; the other
    /// one calls <see cref="Arrive"/>. Actors of the lane may run there before that: their sockets are only not watched yet.
    /// </summary>
    public void Leave(IoLoop target)
    {
        foreach (var connection in _connections)
            connection.LeaveLoop();
        _loop = target;
    }

    /// <summary>Is served by the loop on whose thread this is called.</summary>
    public void Arrive()
    {
        // Backwards, since a connection that turns out to be broken leaves the list.
        for (var i = _connections.Count - 1; i >= 0; i--)
            _connections[i].ArriveAtLoop();
    }

    private void TurnAwayArrivals()
    {
        while (_arrivals.TryDequeue(out var arrival))
        {
            Interlocked.Decrement(ref _connectionCount);
            arrival.TurnAway();
        }
    }
}
