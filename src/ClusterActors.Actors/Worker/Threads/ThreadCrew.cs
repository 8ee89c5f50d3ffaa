using System.Collections.Immutable;
using Akka.Actor;

namespace ClusterActors.Actors.Worker.Threads;

/// <summary>The worker threads that a worker has started: those that take clients, and those that retire.</summary>
/// <param name="published">Where the clients find those that take them.</param>
/// <param name="withdrawn">Tells every client that threads were withdrawn, so that those of them move on.</param>
internal sealed class ThreadCrew(WorkerThreads published, Action withdrawn)
{
    private sealed record Member(WorkerThread Thread, IActorRef Actor);

    private ImmutableList<Member> _serving = [];
    private ImmutableList<Member> _retiring = [];

    /// <summary>Threads that take clients.</summary>
    public int Count => _serving.Count;

    /// <summary>Whether no thread is left, not even one that retires.</summary>
    public bool IsEmpty => _serving.IsEmpty && _retiring.IsEmpty;

    /// <summary>Pieces of work that are waiting or being done.</summary>
    public int Waiting => _serving.Concat(_retiring).Sum(member => member.Thread.Waiting);

    /// <summary>A thread has been started: clients may come.</summary>
    public void Add(WorkerThread thread, IActorRef actor)
    {
        _serving = _serving.Add(new Member(thread, actor));
        published.Publish(thread);
    }

    /// <summary>Retires the newest threads: no new work comes to them from now on.</summary>
    /// <returns>Their actors; each stops once its thread has finished what it has.</returns>
    public ImmutableHashSet<IActorRef> Retire(int count)
    {
        var gone = Withdraw(count);
        withdrawn();
        return [.. gone.Select(member => member.Actor)];
    }

    /// <summary>Ends every thread.</summary>
    /// <param name="patience">How long each may take for what it has.</param>
    public void End(TimeSpan patience)
    {
        Withdraw(_serving.Count);
        foreach (var member in _retiring)
            member.Actor.Tell(new WorkerThreadActor.Finish(patience));
    }

    /// <summary>The actor of a thread has stopped.</summary>
    public void Remove(IActorRef actor)
    {
        foreach (var member in _serving.Where(member => member.Actor.Equals(actor)))
            published.Withdraw(member.Thread);
        _serving = _serving.RemoveAll(member => member.Actor.Equals(actor));
        _retiring = _retiring.RemoveAll(member => member.Actor.Equals(actor));
    }

    private ImmutableList<Member> Withdraw(int count)
    {
        var newest = _serving.GetRange(_serving.Count - count, count);
        foreach (var member in newest)
            published.Withdraw(member.Thread);
        _serving = _serving.RemoveRange(newest);
        _retiring = _retiring.AddRange(newest);
        return newest;
    }
}
