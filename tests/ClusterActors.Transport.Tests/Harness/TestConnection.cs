using Akka.Actor;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Takes every byte, answers none, and writes down what happens to it.</summary>
public class TestConnection(Connection connection, Journal journal) : ConnectionActor(connection)
{
    /// <summary>Something to be done on the connection's own thread.</summary>
    public sealed record Do(Action<Connection> Action) : INoSerializationVerificationNeeded;

    protected Journal Journal { get; } = journal;

    /// <summary>Looks at a connection on its own thread.</summary>
    public static Task<T> AskAsync<T>(IActorRef actor, Func<Connection, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        actor.Tell(new Do(connection => answer.SetResult(question(connection))));
        return answer.Task.WaitAsync(Eventually.Limit);
    }

    /// <summary>Does something on a connection's own thread, and returns when it is done.</summary>
    public static Task DoAsync(IActorRef actor, Action<Connection> action) => AskAsync(actor, connection =>
    {
        action(connection);
        return true;
    });

    protected override void PreStart()
    {
        base.PreStart();
        Journal.Add(new ConnectionNews.Opened(Self, Connection));
    }

    protected override void PostStop()
    {
        base.PostStop();
        Journal.Add(new ConnectionNews.Stopped(Thread.CurrentThread.Name ?? string.Empty));
    }

    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        needed = 0;
        return bytes.Length;
    }

    protected override void OnDisconnected(ConnectionEvents.Disconnected disconnected) => Journal.Add(disconnected);

    protected override void OnDeadline() => Journal.Add(ConnectionEvents.DeadlinePassed.Instance);

    protected override void OnIdle() => Journal.Add(ConnectionEvents.WentIdle.Instance);

    protected override void OnMessage(object message)
    {
        if (message is Do it)
            it.Action(Connection);
        else
            Journal.Add(new ConnectionNews.Told(message));
    }
}
