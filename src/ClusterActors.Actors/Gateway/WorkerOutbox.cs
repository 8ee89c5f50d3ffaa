using Akka.Actor;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Threads;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// The batches that one round of a loop brings for the worker threads, handed over at its end in one piece for each thread: a
/// hop to another thread costs many times what a message costs.
/// </summary>
internal sealed class WorkerOutbox : IRoundEnd
{
    [ThreadStatic]
    private static WorkerOutbox? _ofThisThread;

    private readonly List<(WorkerThread Thread, ClientBatches Batches)> _open = [];

    /// <summary>The outbox of the loop that runs on the calling thread.</summary>
    public static WorkerOutbox OfThisThread => _ofThisThread ??= new WorkerOutbox();

    /// <summary>Adds a client's batch behind all earlier ones for the same thread.</summary>
    public void Add(WorkerThread thread, ClientBatch batch, Connection connection)
    {
        foreach (var (opened, batches) in _open)
        {
            if (opened != thread)
                continue;
            batches.Add(batch);
            return;
        }

        if (_open.Count == 0)
            connection.AtRoundEnd(this);
        var first = new ClientBatches(thread, connection.Loop);
        first.Add(batch);
        _open.Add((thread, first));
    }

    /// <inheritdoc/>
    public void RoundEnded()
    {
        foreach (var (thread, batches) in _open)
            thread.Post(batches);
        _open.Clear();
    }
}
