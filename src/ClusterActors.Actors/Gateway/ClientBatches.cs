using System.Diagnostics;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Threads;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// Batches of several clients of one loop, on their way to one worker thread. What is done goes back at once, but the loop is
/// woken for it only at the end or after about the time that a hop costs: should the next handler block for ever, the loop
/// finds what was done before it by itself, in its next round. A client that has moved to another loop meanwhile is told from there.
/// </summary>
internal sealed class ClientBatches(WorkerThread thread, IoLoop loop) : BusinessWork
{
    private static readonly long LongestWait = Stopwatch.Frequency / 10_000;

    private readonly List<ClientBatch> _batches = [];

    /// <inheritdoc/>
    public override int Pieces => _batches.Count;

    public void Add(ClientBatch batch) => _batches.Add(batch);

    /// <inheritdoc/>
    public override void Run()
    {
        var since = Stopwatch.GetTimestamp();
        foreach (var batch in _batches)
        {
            if (batch.Handle())
                loop.PostForNextRound(batch);
            if (batch.IsLast)
                thread.Leave();
            thread.Done();
            if (Stopwatch.GetTimestamp() - since < LongestWait)
                continue;
            loop.WakeIfSleeping();
            since = Stopwatch.GetTimestamp();
        }

        loop.WakeIfSleeping();
    }
}
