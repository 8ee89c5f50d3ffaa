using System.Collections.Concurrent;
using Akka.Dispatch;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Transport.Loops;

/// <summary>
/// A reader-writer: one thread that owns the sockets of its connections and runs their actors, so that a connection's state is
/// touched by one thread only. The connections belong to lanes, which come from other loops and go to others while they are served.
/// </summary>
/// <remarks>
/// A round of the loop runs what other threads have posted, reads connections that may read on, sends what was written, and
/// then waits in the poller. Actors that are told something on the loop's own thread run at once, never recursively: a
/// runnable that comes up while another runs waits for its end (a trampoline), and after a number of them the sockets get
/// their turn. What still comes in for a lane that has gone is passed on to the loop it is on now, also after this one's end.
/// </remarks>
public sealed class IoLoop
{
    private const int ReadBufferSize = 64 * 1024;
    private const int SweepMilliseconds = 500;
    private const int RunsAtOnce = 256;

    [ThreadStatic]
    private static IoLoop? _current;

    private readonly ConcurrentQueue<LaneRun> _posted = new();
    private readonly Queue<LaneRun> _local = new();
    private readonly Queue<Connection> _toRead = new();
    private readonly Queue<Connection> _toFlush = new();
    private readonly Queue<IRoundEnd> _atRoundEnd = new();
    private readonly List<Lane> _lanes = [];
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly Action<IoLoop> _whenEnded;
    private Received? _received = new();
    private bool _running;
    private int _sleeping;
    private volatile bool _stopping;
    private volatile bool _ended;
    private long _lastSweep;

    /// <param name="number">Its number.</param>
    /// <param name="poller">How it waits for its sockets; it is the loop's to dispose of once the loop has started.</param>
    /// <param name="time">Clock of deadlines and idle limits.</param>
    /// <param name="whenEnded">Called on its thread at its end.</param>
    internal IoLoop(int number, IPoller poller, TimeProvider time, Action<IoLoop> whenEnded)
    {
        Number = number;
        _whenEnded = whenEnded;
        _time = time;
        Now = _lastSweep = time.GetTimestamp();
        Poller = poller;
        _thread = new Thread(Run) { Name = $"io-loop-{number}", IsBackground = true };
    }

    /// <summary>Number of the loop, from 0; never used again after the loop is removed.</summary>
    public int Number { get; }

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
    internal void Execute(Lane lane, IRunnable run)
    {
        if (_current != this)
            Post(new LaneRun(lane, run));
        else if (_running)
            _local.Enqueue(new LaneRun(lane, run));
        else
            RunAll(new LaneRun(lane, run));
    }

    /// <summary>Serves a lane from its next round on, and then calls back on its thread.</summary>
    internal void Take(Lane lane, Action taken) => Post(new ActionRunnable(() =>
    {
        _lanes.Add(lane);
        lane.Arrive();
        taken();
    }));

    /// <summary>Gives a lane of its own to another loop, which calls back on its thread once it serves it.</summary>
    internal void Give(Lane lane, IoLoop target, Action taken) => Post(new ActionRunnable(() =>
    {
        // What the lane's actors have gathered here goes on before anything that they gather there.
        EndRound();
        _lanes.Remove(lane);
        lane.Leave(target);
        target.Take(lane, taken);
    }));

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

    /// <summary>
    /// Queues work for this loop's next round, but lets a loop that waits go on waiting until <see cref="WakeIfSleeping"/>. At a loop
    /// that has ended it is run at once. Called on any thread; an exception in it would end the loop.
    /// </summary>
    internal void PostForNextRound(IRunnable run) => Enqueue(new LaneRun(null, run));

    internal void WakeIfSleeping()
    {
        if (Interlocked.Exchange(ref _sleeping, 0) == 1)
            Poller.Wake();
    }

    private void Post(IRunnable run) => Post(new LaneRun(null, run));

    private void Post(LaneRun run)
    {
        Enqueue(run);
        WakeIfSleeping();
    }

    private void Enqueue(LaneRun run)
    {
        _posted.Enqueue(run);
        Interlocked.MemoryBarrier();
        if (_ended)
            PassOnPosted();
    }

    // Lanes that have gone run elsewhere; what belongs to none may run anywhere now.
    private void PassOnPosted()
    {
        while (_posted.TryDequeue(out var left))
        {
            if (left.Lane is { } lane && lane.Loop != this)
                lane.Execute(left.Run);
            else
                left.Run.Run();
        }
    }

    private void Run(LaneRun next)
    {
        if (next.Lane is { } lane && lane.Loop != this)
            lane.Execute(next.Run);
        else
            next.Run.Run();
    }

    private void RunAll(LaneRun run)
    {
        _running = true;
        try
        {
            Run(run);
            for (var left = RunsAtOnce; left > 0 && _local.TryDequeue(out var next); left--)
                Run(next);
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

            // Before the sockets are looked at: what they bring has come now, not before the wait.
            Now = _time.GetTimestamp();
            Poller.Dispatch();
            SweepWhenDue();
        }

        End();
    }

    private void End()
    {
        foreach (var lane in _lanes)
            lane.AbortAll();
        while (_local.Count > 0 || !_posted.IsEmpty)
            RunPosted();
        EndRound();
        _ended = true;
        Interlocked.MemoryBarrier();
        PassOnPosted();
        Poller.Dispose();
        _whenEnded(this);
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
        {
            if (_toRead.Dequeue() is { } connection && connection.IsAt(this))
                connection.Read();
        }
    }

    private void FlushQueued()
    {
        while (_toFlush.TryDequeue(out var connection))
        {
            if (connection.IsAt(this))
                connection.Flush();
        }
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
            Poller.Wait(0);
            return;
        }

        // A full fence: whoever posts after this line sees the flag and wakes the poller; what was posted before is seen below.
        Interlocked.Exchange(ref _sleeping, 1);
        Poller.Wait(_posted.IsEmpty ? SweepMilliseconds : 0);
        _sleeping = 0;
    }

    private void SweepWhenDue()
    {
        if (_time.GetElapsedTime(_lastSweep, Now).TotalMilliseconds < SweepMilliseconds)
            return;
        _lastSweep = Now;
        foreach (var lane in _lanes)
            lane.Sweep(Now);
    }
}
