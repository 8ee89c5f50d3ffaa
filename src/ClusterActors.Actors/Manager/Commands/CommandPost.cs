using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>Knows the actors behind links and tickets, and delivers what was decided about commands. Used by the manager's actor alone.</summary>
/// <param name="authority">Every command goes through it: it sends what this node may command at that moment.</param>
internal sealed class CommandPost(IActorRef authority)
{
    private readonly Dictionary<LinkId, (IActorRef Actor, PeerKind Kind)> _links = [];
    private readonly Dictionary<long, IActorRef> _operators = [];
    private long _lastTicket;

    /// <summary>A ticket that was never used.</summary>
    public long NextTicket() => ++_lastTicket;

    /// <summary>Whoever sends the reports of a link takes the commands for it, until <see cref="Forget"/>.</summary>
    public void Remember(LinkedServer server, IActorRef actor) => _links[server.Link] = (actor, server.Kind);

    /// <summary>The link is closed.</summary>
    public void Forget(LinkId link) => _links.Remove(link);

    /// <summary>Somebody waits for the answer to a ticket, until it is delivered.</summary>
    public void Await(long ticket, IActorRef actor) => _operators[ticket] = actor;

    /// <summary>Tells the existing CshBBrain servers of a new holder; all others hear of it from their authority.</summary>
    public void Announce(AuthorityEvents.HolderChanged changed)
    {
        foreach (var (actor, kind) in _links.Values)
        {
            if (kind == PeerKind.CshBBrain)
                actor.Tell(new LinkCommands.Announce(changed.Holder, changed.Epoch));
        }
    }

    /// <summary>Tells everybody what a decision has for him.</summary>
    public void Deliver(ImmutableList<CommandEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case CommandEffect.Send send when _links.TryGetValue(send.Link, out var link):
                    authority.Tell(new AuthorityCommands.Order(link.Actor, send.Link, link.Kind, send.Request));
                    break;
                case CommandEffect.Answer answer when _operators.Remove(answer.Ticket, out var waiting):
                    waiting.Tell(new ManagerQueries.CommandAnswer(answer.Reply));
                    break;
            }
        }
    }
}
