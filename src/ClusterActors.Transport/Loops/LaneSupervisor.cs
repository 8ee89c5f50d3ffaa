using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Loops;

/// <summary>Runs on its lane and creates the actors of the lane's connections; one that fails is stopped, which closes its connection.</summary>
internal sealed class LaneSupervisor : UntypedActor
{
    /// <summary>A socket has come to the lane; told once for each.</summary>
    internal sealed record Arrived : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Arrived Instance { get; } = new();
    }

    /// <summary>Something to tell every connection's actor of this lane.</summary>
    /// <param name="Message">What to tell.</param>
    /// <param name="AndLaterOnes">Whether connections that come later are told as well, as the first thing they hear.</param>
    internal sealed record TellAll(object Message, bool AndLaterOnes) : INoSerializationVerificationNeeded;

    /// <summary>Something to run on the lane's thread; must not throw.</summary>
    internal sealed record Visit(Action<int> Call) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Lane _lane;
    private readonly LoopGroup _group;
    private object? _forLaterOnes;

    public LaneSupervisor(Lane lane, LoopGroup group)
    {
        _lane = lane;
        _group = group;
    }

    public static Props Props(Lane lane, LoopGroup group) =>
        Akka.Actor.Props.Create(() => new LaneSupervisor(lane, group)).WithDispatcher(lane.DispatcherId);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(reason =>
    {
        // An actor that could not start never hears that it stops, so it cannot close its connection itself.
        if (reason is ActorInitializationException failure)
            _lane.AbortConnectionOf(failure.Actor);
        return Directive.Stop;
    });

    protected override void PreStart() => Context.Parent.Tell(new IoActor.LaneStarted(_lane, Self));

    protected override void PostStop() => _lane.End();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Arrived:
                if (_lane.TakeArrival() is { } arrival)
                    Serve(arrival);
                break;
            case Visit visit:
                visit.Call(_lane.Number);
                break;
            case TellAll all:
                if (all.AndLaterOnes)
                    _forLaterOnes = all.Message;
                foreach (var child in Context.GetChildren())
                    child.Tell(all.Message, ActorRefs.NoSender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // Whatever goes wrong here costs this connection, not the lane and all its others.
    private void Serve(Arrival arrival)
    {
        Connection? connection = null;
        try
        {
            connection = _lane.Own(arrival.Socket, _group);
            connection.Actor = Context.ActorOf(arrival.Factory.Props(connection).WithDispatcher(_lane.DispatcherId));
            if (_forLaterOnes is { } message)
                connection.Actor.Tell(message, ActorRefs.NoSender);
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
