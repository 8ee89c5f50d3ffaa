using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>Keeps what an actor system logs.</summary>
internal sealed class LogKeeper : UntypedActor
{
    private readonly ConcurrentQueue<string> _log;

    public LogKeeper(ConcurrentQueue<string> log) => _log = log;

    public static Props Props(ConcurrentQueue<string> log) => Akka.Actor.Props.Create(() => new LogKeeper(log));

    protected override void OnReceive(object message)
    {
        if (message is LogEvent line)
            _log.Enqueue(line.ToString());
    }
}
