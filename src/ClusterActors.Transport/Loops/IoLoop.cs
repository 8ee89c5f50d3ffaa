using System.Collections.Concurrent;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Dispatch;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Transport.Loops;

/// <summary>
/// A reader-writer: one thread that owns the sockets of its connections and runs their actors, so that a connection's state is
/// touched by one thread only.
/// </summary>
/// <remarks>
/// A round of the loop runs what other threads have posted, reads connections that may read on, sends what was written, and
/// then waits in the poller. Actors that are told something on the loop's own thread run at once, never recursively: a
/// runnable that comes up while another runs waits for its end (a trampoline), and after a number of them the sockets get
/// their turn.
/// </remarks>
public sealed class IoLoop
{
    private const int ReadBufferSize = 64 * 1024;
    private const int SweepMilliseconds = 500;
    private const int RunsAtOnce = 256;

    [ThreadStatic]
    private static IoLoop? _current;

    private readonly ConcurrentQueue<IRunnable> _posted = new();
    private readonly Queue<IRunnable> _local = new();
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly Queue<Connection> _toRead = new();
    private readonly Queue<Connection> _toFlush = new();
    private readonly Queue<IRoundEnd> _atRoundEnd = new();
    private readonly List<Connection> _connections = [];
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private Received? _received = new();
    private bool _running;
    private int _sleeping;
    private volatile bool _stopping;
    private volatile bool _ended;
    private int _connectionCount;
    private long _lastSweep;

    internal IoLoop(int number, PollEngine engine, TimeProvider time)
    {
        Number = number;
        _time = time;
        Now = _lastSweep = time.GetTimestamp();
        Poller = engine.Create();
        _thread = new Thread(Run) { Name = DispatcherId, IsBackground = true };
    }

    /// <summary>Number of the loop, from 0; never used again after the loop is removed.</summary>
    public int Number { get; }

    /// <summary>Connections it owns now and sockets on their way to it. May be read on any thread.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    internal string DispatcherId => $"io-loop-{Number}";

    internal IPoller Poller { get; }

    internal byte[] ReadBuffer { get; } = GC.AllocateUninitializedArray<byte>(ReadBufferSize, pinned: true);

    internal long Now { get; private set; }

    internal void Start() => _thread.Start();

    /// <summary>Ends the loop after its present round; connections it still owns are closed.</summary>
    internal void Stop()
    {
        _stopping = true;
        Poller.Wake();
    }

    /// <summary>Runs an actor's mailbox: at once on this loop's thread, otherwise as soon as the loop comes to it.</summary>
    internal void Execute(IRunnable run)
    {
        if (_current != this)
            Post(run);
        else if (_running)
            _local.Enqueue(run);
        else
            RunAll(run);
    }

    /// <summary>Puts a socket on its way to this loop. Called on any thread; at a loop that has ended the socket is closed.</summary>
    internal void Offer(Arrival arrival)
    {
        Interlocked.Increment(ref _connectionCount);
        _arrivals.Enqueue(arrival);
        Interlocked.MemoryBarrier();
        if (_ended)
            TurnAwayArrivals();
    }

    internal Arrival? TakeArrival()
    {
        if (!_arrivals.TryDequeue(out var arrival))
            return null;
        arrival.Admission?.Release();
        return arrival;
    }

    /// <summary>Makes a connection of a socket that has arrived.</summary>
    /// <exception cref="SocketException">It is connected no more. It is closed.</exception>
    internal Connection Own(Socket socket, LoopGroup group)
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

    internal void Remove(Connection connection)
    {
        var last = _connections[^1];
        _connections[connection.Slot] = last;
        last.Slot = connection.Slot;
        _connections.RemoveAt(_connections.Count - 1);
        Interlocked.Decrement(ref _connectionCount);
    }

    /// <summary>Closes the connection of an actor that cannot do so; looks through all, which is for failures only.</summary>
    internal void AbortConnectionOf(IActorRef actor) => _connections.Find(connection => connection.Actor.Equals(actor))?.Abort();

    internal void AtRoundEnd(IRoundEnd gatherer) => _atRoundEnd.Enqueue(gatherer);

    internal void QueueRead(Connection connection) => _toRead.Enqueue(connection);

    internal void QueueFlush(Connection connection) => _toFlush.Enqueue(connection);

    internal Received TakeReceived()
    {
        var received = _received ?? new Received();
        _received = null;
        return received;
    }

    internal void GiveBack(Received received) => _received = received;

    internal long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    internal long At(TimeSpan? after)
    {
        var now = _time.GetTimestamp();
        return after is { } value && Ticks(value) < long.MaxValue - now ? now + Ticks(value) : long.MaxValue;
    }

    internal TimeSpan Elapsed(long since) => _time.GetElapsedTime(since, Now);

    /// <summary>Queues work for this loop's thread; an exception in it would end the loop.</summary>
    internal void Post(IRunnable run)
    {
        _posted.Enqueue(run);
        WakeIfSleeping();
    }

    /// <summary>Queues work as <see cref="Post"/> does, but lets a loop that waits go on waiting.</summary>
    internal void PostForNextRound(IRunnable run) => _posted.Enqueue(run);

    internal void WakeIfSleeping()
    {
        if (Interlocked.Exchange(ref _sleeping, 0) == 1)
            Poller.Wake();
    }

    private void RunAll(IRunnable run)
    {
        _running = true;
        try
        {
            run.Run();
            for (var left = RunsAtOnce; left > 0 && _local.TryDequeue(out var next); left--)
                next.Run();
        }
        finally
        {
            _running = false;
        }
    }

    // Actors and factories are caught where they run. An exception that gets here is a fault of the loop itself: the process
    // ends with it rather than go on with sockets that nobody serves.
    private void Run()
    {
        _current = this;
        while (!_stopping)
        {
            RunPosted();
            ReadQueued();
            FlushQueued();
            EndRound();
            Wait();
            Now = _time.GetTimestamp();
            SweepWhenDue();
        }

        End();
    }

    private void End()
    {
        while (_connections.Count > 0)
            _connections[^1].Abort();
        _ended = true;
        Interlocked.MemoryBarrier();
        TurnAwayArrivals();
        while (_local.Count > 0 || !_posted.IsEmpty)
            RunPosted();
        EndRound();
        Poller.Dispose();
    }

    private void TurnAwayArrivals()
    {
        while (_arrivals.TryDequeue(out var arrival))
        {
            Interlocked.Decrement(ref _connectionCount);
            arrival.TurnAway();
        }
    }

    private void RunPosted()
    {
        if (_local.TryDequeue(out var waiting))
            RunAll(waiting);
        for (var left = _posted.Count; left > 0 && _posted.TryDequeue(out var run); left--)
            RunAll(run);
    }

    private void ReadQueued()
    {
        for (var left = _toRead.Count; left > 0; left--)
            _toRead.Dequeue().Read();
    }

    private void FlushQueued()
    {
        while (_toFlush.TryDequeue(out var connection))
            connection.Flush();
    }

    private void EndRound()
    {
        while (_atRoundEnd.TryDequeue(out var gatherer))
            gatherer.RoundEnded();
    }

    private void Wait()
    {
        if (_toRead.Count > 0 || _local.Count > 0 || !_posted.IsEmpty)
        {
            Poller.Poll(0);
            return;
        }

        // A full fence: whoever posts after this line sees the flag and wakes the poller; what was posted before is seen below.
        Interlocked.Exchange(ref _sleeping, 1);
        Poller.Poll(_posted.IsEmpty ? SweepMilliseconds : 0);
        _sleeping = 0;
    }

    private void SweepWhenDue()
    {
        if (_time.GetElapsedTime(_lastSweep, Now).TotalMilliseconds < SweepMilliseconds)
            return;
        _lastSweep = Now;
        for (var i = _connections.Count - 1; i >= 0; i--)
        {
            if (i < _connections.Count)
                _connections[i].Sweep(Now);
        }
    }
}
