using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>Knows the actors behind links and tickets, and delivers what was decided about commands. Used by the manager's actor alone.</summary>
internal sealed class CommandPost
{
    private readonly Dictionary<LinkId, IActorRef> _links = [];
    private readonly Dictionary<long, IActorRef> _operators = [];
    private long _lastTicket;

    /// <summary>A ticket that was never used.</summary>
    public long NextTicket() => ++_lastTicket;

    /// <summary>Whoever sends the reports of a link takes the commands for it, until <see cref="Forget"/>.</summary>
    public void Remember(LinkId link, IActorRef actor) => _links[link] = actor;

    /// <summary>The link is closed.</summary>
    public void Forget(LinkId link) => _links.Remove(link);

    /// <summary>Somebody waits for the answer to a ticket, until it is delivered.</summary>
    public void Await(long ticket, IActorRef actor) => _operators[ticket] = actor;

    /// <summary>Tells everybody what a decision has for him.</summary>
    public void Deliver(ImmutableList<CommandEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case CommandEffect.Send send when _links.TryGetValue(send.Link, out var link):
                    link.Tell(new LinkCommands.Send(send.Request));
                    break;
                case CommandEffect.Answer answer when _operators.Remove(answer.Ticket, out var waiting):
                    waiting.Tell(new ManagerQueries.CommandAnswer(answer.Reply));
                    break;
            }
        }
    }
}
