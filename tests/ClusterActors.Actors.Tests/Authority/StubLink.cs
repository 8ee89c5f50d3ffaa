using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>One end of a link without sockets: what it is told to write the other end reads. It ends with the other one.</summary>
internal sealed class StubLink : UntypedActor
{
    /// <summary>The other end.</summary>
    public sealed record Meet(IActorRef End);

    private sealed record Arrived(object Said);

    private readonly IActorRef _authority;
    private readonly bool _accepted;
    private IActorRef _end = ActorRefs.Nobody;

    public StubLink(IActorRef authority, bool accepted)
    {
        _authority = authority;
        _accepted = accepted;
    }

    public static Props Props(IActorRef authority, bool accepted) => Akka.Actor.Props.Create(() => new StubLink(authority, accepted));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Meet meet:
                _end = Context.Watch(meet.End);
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            case Arrived { Said: LinkCommands.Notify notify }:
                _authority.Tell(new AuthorityEvents.MessageCame(Self, notify.Message));
                break;
            case Arrived { Said: LinkCommands.Introduce introduce }:
                _authority.Tell(new AuthorityEvents.StandingCame(Self, _accepted, introduce.Standing));
                break;
            case Arrived { Said: LinkCommands.Announce announce }:
                _authority.Tell(new AuthorityEvents.Moved(announce.Holder, announce.Epoch));
                break;
            case Arrived { Said: LinkCommands.Send send }:
                _authority.Tell(new CommandEvents.Received(send.Request, "a manager"));
                break;
            case LinkCommands.Notify or LinkCommands.Introduce or LinkCommands.Announce or LinkCommands.Send:
                _end.Tell(new Arrived(message));
                break;
        }
    }
}
