using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Loops;

/// <summary>Runs on its loop and creates the actors of the connections the loop owns; one that fails is stopped, which closes its connection.</summary>
internal sealed class LoopSupervisor : UntypedActor
{
    /// <summary>A socket has come to the loop; told once for each.</summary>
    internal sealed record Arrived : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Arrived Instance { get; } = new();
    }

    /// <summary>Something to tell every connection's actor of this loop.</summary>
    internal sealed record TellAll(object Message) : INoSerializationVerificationNeeded;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IoLoop _loop;
    private readonly LoopGroup _group;

    public LoopSupervisor(IoLoop loop, LoopGroup group)
    {
        _loop = loop;
        _group = group;
    }

    public static Props Props(IoLoop loop, LoopGroup group) =>
        Akka.Actor.Props.Create(() => new LoopSupervisor(loop, group)).WithDispatcher(loop.DispatcherId);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(reason =>
    {
        // An actor that could not start never hears that it stops, so it cannot close its connection itself.
        if (reason is ActorInitializationException failure)
            _loop.AbortConnectionOf(failure.Actor);
        return Directive.Stop;
    });

    protected override void PreStart() => Context.Parent.Tell(new IoActor.LoopStarted(_loop, Self));

    protected override void PostStop() => _loop.Stop();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Arrived:
                if (_loop.TakeArrival() is { } arrival)
                    Serve(arrival);
                break;
            case TellAll all:
                foreach (var child in Context.GetChildren())
                    child.Tell(all.Message, ActorRefs.NoSender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // Whatever goes wrong here costs this connection, not the loop and all its others.
    private void Serve(Arrival arrival)
    {
        Connection? connection = null;
        try
        {
            connection = _loop.Own(arrival.Socket, _group);
            connection.Actor = Context.ActorOf(arrival.Factory.Props(connection).WithDispatcher(_loop.DispatcherId));
        }
        catch (SocketException gone)
        {
            // The far end closed between accept and here: the socket has no address any more.
            _log.Debug("Connection was gone before it was served: {Reason}", gone.Message);
            connection?.Abort();
        }
        catch (Exception failure)
        {
            _log.Error(failure, "Connection {Connection} from {Remote} gets no actor and is closed", connection?.Id, connection?.Remote);
            connection?.Abort();
        }
    }
}
