using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Authority;

/// <summary>Tells other servers, and the gateway and the manager of this node, what they have to know of authority. Used by one actor alone.</summary>
/// <param name="plan">What the authority is made of; what is told is the newest state of its gate.</param>
/// <param name="routes">The links.</param>
/// <param name="log">Where changes of the holder are written.</param>
internal sealed class AuthorityVoice(AuthorityPlan plan, AuthorityRoutes routes, ILoggingAdapter log)
{
    /// <summary>Dials other servers.</summary>
    public IActorRef Gateway { get; set; } = ActorRefs.Nobody;

    private AuthoritySnapshot Newest => plan.Gate.Newest!;

    private AuthorityState State => Newest.State;

    /// <summary>Every voter is linked.</summary>
    public void DialVoters()
    {
        foreach (var voter in State.Voters.Voters.Where(voter => voter != State.Self.Node))
            Gateway.Tell(new AuthorityEvents.Dial(voter, Reports: false));
    }

    /// <summary>A manager that was not known is linked and reported to.</summary>
    public void Dial(string manager) => Gateway.Tell(new AuthorityEvents.Dial(manager, Reports: true));

    /// <summary>Everyone is told of a server that is to take over and was no manager, so that it is linked before it does.</summary>
    public void Prepare(string target)
    {
        foreach (var link in routes.Accepted.Append(routes.Find(target)!).Distinct())
            link.Tell(new LinkCommands.Announce(target, State.Holding!.Epoch));
        Dial(target);
    }

    /// <summary>This node manages others from now on.</summary>
    public void BecomeManager()
    {
        if (plan.Manager.Current is not null)
            return;
        plan.Manager.Begin();
        log.Info("{Node} manages servers from now on, because management authority is handed over to it; after a restart it does what its configuration says", plan.Node);
        Dial(State.Self.Node);
        TellStanding();
    }

    /// <summary>Authority has another holder: the log, the manager and every server that links to a manager are told.</summary>
    public void TellHolder(KnownHolder holder)
    {
        var isSelf = holder.Node == State.Self.Node;
        log.Info("Management authority: {Holder} ({Address}) holds it at epoch {Epoch}{Self}",
            Newest.NodeOf(holder.Node), holder.Node, holder.Epoch, isSelf ? ", which is this server" : "");
        if (plan.Manager.Current is not { } manager)
            return;
        foreach (var link in routes.Accepted)
            link.Tell(new LinkCommands.Announce(holder.Node, holder.Epoch));
        manager.Tell(new AuthorityEvents.HolderChanged(holder.Node, holder.Epoch, isSelf));
    }

    /// <summary>A server that links now has missed the news. To one that is named itself, as after its restart, they would be an order to manage.</summary>
    public void TellHolder(IActorRef link, string name)
    {
        if (plan.Manager.Current is not null && State.HearsOfHolder(plan.Gate.Now) && State.Holder!.Node != name)
            link.Tell(new LinkCommands.Announce(State.Holder.Node, State.Holder.Epoch));
    }

    /// <summary>Voters and managers are told how this node stands; managers that do not vote hear of the holder in no other way.</summary>
    public void TellStanding()
    {
        var standing = new LinkCommands.Introduce(OwnStanding.Of(State, plan, plan.Gate.Now));
        var managers = Newest.Servers.Values.Where(server => server.IsManager).Select(server => server.Standing.Address);
        foreach (var name in State.Voters.Voters.Union(managers).Where(name => name != State.Self.Node))
            routes.Find(name)?.Tell(standing);
    }

    /// <summary>The far end of a new link is told who this node is.</summary>
    public void Introduce(IActorRef link) => link.Tell(new LinkCommands.Introduce(OwnStanding.Of(State, plan, plan.Gate.Now)));
}
