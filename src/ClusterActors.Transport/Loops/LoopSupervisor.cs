using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Loops;

/// <summary>Runs on its loop and creates the actors of the connections the loop owns; one that fails is stopped, which closes its connection.</summary>
internal sealed class LoopSupervisor : UntypedActor
{
    /// <summary>A connected socket that this loop is to own from now on.</summary>
    internal sealed record Adopt(Socket Socket, IConnectionFactory Factory, SemaphoreSlim? Admission) : INoSerializationVerificationNeeded;

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

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Stop));

    protected override void PreStart() => Context.Parent.Tell(new IoActor.LoopStarted(_loop, Self));

    protected override void PostStop() => _loop.Stop();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Adopt adopt:
                Take(adopt);
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

    private void Take(Adopt adopt)
    {
        adopt.Admission?.Release();
        try
        {
            var connection = new Connection(_group.NextId(), _loop, adopt.Socket, _group.Settings);
            _loop.Add(connection);
            Context.ActorOf(adopt.Factory.Props(connection).WithDispatcher(_loop.DispatcherId));
        }
        catch (SocketException gone)
        {
            // The far end closed between accept and here: the socket has no address any more.
            _log.Debug("Connection was gone before it was served: {Reason}", gone.Message);
            adopt.Socket.Dispose();
        }
    }
}
