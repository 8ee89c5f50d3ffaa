using System.Diagnostics;
using Akka.Dispatch;
using ClusterActors.Actors.Worker;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// Batches of several clients of one loop, on their way to one worker thread. What is done goes back to the loop in one piece
/// too, but never waits longer for the rest than a hop costs: a handler that takes its time holds up nobody's answer.
/// </summary>
internal sealed class ClientBatches(WorkerThread thread, Connection connection) : BusinessWork
{
    /// <summary>Batches that are done, told to their connections on the loop's own thread, where that needs no hop.</summary>
    private sealed class Delivery(List<ClientBatch> done) : IRunnable
    {
        public void Run()
        {
            foreach (var batch in done)
                batch.TellDone();
        }

        public void Execute() => Run();
    }

    private static readonly long LongestWait = Stopwatch.Frequency / 10_000;

    private readonly List<ClientBatch> _batches = [];

    /// <inheritdoc/>
    public override int Pieces => _batches.Count;

    public void Add(ClientBatch batch) => _batches.Add(batch);

    /// <inheritdoc/>
    public override void Run()
    {
        var done = new List<ClientBatch>(_batches.Count);
        var since = Stopwatch.GetTimestamp();
        foreach (var batch in _batches)
        {
            if (batch.Handle())
                done.Add(batch);
            thread.Done();
            if (Stopwatch.GetTimestamp() - since < LongestWait)
                continue;
            Deliver(done);
            done = [];
            since = Stopwatch.GetTimestamp();
        }

        Deliver(done);
    }

    private void Deliver(List<ClientBatch> done)
    {
        if (done.Count > 0)
            connection.RunOnLoop(new Delivery(done));
    }
}
