using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;

namespace ClusterActors.Actors.Authority;

/// <summary>
/// Management authority of this node: voter, candidate and holder, and the fence of its worker. What happens is decided by
/// <see cref="AuthorityDecisions"/>; this actor brings it messages, files and time, and carries out what was decided. States: Waiting
/// (left when the cluster port is open) and Taking part.
/// </summary>
internal sealed class AuthorityActor : UntypedActor, IWithTimers, IWithUnboundedStash
{
    private sealed record StandingDue : INoSerializationVerificationNeeded
    {
        public static StandingDue Instance { get; } = new();
    }

    private const string TickKey = "tick";
    private static readonly TimeSpan StandingEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly AuthorityPlan _plan;
    private readonly AuthorityRoutes _routes = new();
    private readonly AuthorityVoice _voice;
    private readonly AuthorityLog _notices;
    private readonly WorkerOrders _orders;
    private readonly AdmittedCommands _commands;
    private readonly OperatorRequests _requests;
    private readonly Queue<AuthorityInput> _inputs = new();
    private ImmutableDictionary<string, KnownServer> _servers = ImmutableDictionary<string, KnownServer>.Empty;
    private AuthorityState _state = null!;
    private IActorRef _store = ActorRefs.Nobody;
    private IActorRef _leaver = ActorRefs.Nobody;
    private bool _busy;

    public AuthorityActor(AuthorityPlan plan)
    {
        _plan = plan;
        _voice = new AuthorityVoice(plan, _routes, _log);
        _notices = new AuthorityLog(_log, plan.Node);
        _orders = new WorkerOrders();
        _commands = new AdmittedCommands(plan.Commands, _log, plan.Node);
        _requests = new OperatorRequests(_log, Give, _voice.Prepare);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    private AuthoritySnapshot Snapshot => new(_state, _plan.Node, _servers);

    private TimeSpan Now => _plan.Gate.Now;

    public static Props Props(AuthorityPlan plan) => Akka.Actor.Props.Create(() => new AuthorityActor(plan));

    // A store that fails writes nothing more, so nothing is promised; its restart begins with the files as they are.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Decider.From(Directive.Restart));

    protected override void PreStart() =>
        _store = Context.ActorOf(AuthorityStoreActor.Props(_plan.Ballots, _plan.Fences), "store");

    protected override void OnReceive(object message) => Waiting(message);

    private void Waiting(object message)
    {
        if (message is AuthorityCommands.Open open)
        {
            _voice.Gateway = Sender;
            Become(TakingPart);
            Begin(open);
            Stash.UnstashAll();
        }
        else if (message is AuthorityCommands.Leave)
        {
            Sender.Tell(AuthorityEvents.Left.Instance);
        }
        else
        {
            Stash.Stash();
        }
    }

    private void TakingPart(object message)
    {
        switch (message)
        {
            case AuthorityInput input:
                Give(input);
                break;
            case AuthorityEvents.MessageCame came:
                Give(new AuthorityInput.Received(came.Message));
                break;
            case AuthorityEvents.StandingCame came:
                Take(came);
                break;
            case AuthorityEvents.LinkOpened opened:
                _routes.Add(opened.Name, Context.Watch(opened.Link), accepted: false);
                _voice.Introduce(opened.Link);
                break;
            case AuthorityEvents.Moved moved:
                Take(moved);
                break;
            case Terminated ended:
                Forget(ended.ActorRef);
                break;
            case AuthorityCommands.Order order:
                Give(_orders.Add(order, Sender, _routes.NameOf(order.Link), Now));
                break;
            case CommandEvents.Received received:
                if (_commands.Take(received, Sender, _state) is { } command)
                    Give(new AuthorityInput.Received(command));
                break;
            case StandingDue:
                _voice.TellStanding();
                break;
            case AuthorityCommands.Leave:
                Leave();
                break;
            case AuthorityQueries.Move or AuthorityQueries.Force or AuthorityQueries.Readmit:
                _requests.Take(message, Sender, Snapshot, _plan.Gate);
                Settle();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Begin(AuthorityCommands.Open open)
    {
        var step = AuthorityDecisions.Start(AuthorityBeginning.Of(_plan, open, _log), Now);
        _state = step.State;
        Publish();
        foreach (var effect in step.Effects)
            Carry(effect);
        if (_plan.Manager.Current is not null && open.Rank is null)
        {
            _log.Warning("{Name} is not in clustersServer ({Voters}): this manager does not vote, and commands only when authority is handed over to it. Is its clustersHost or host written there in another way?",
                open.Name, string.Join(", ", open.Voters));
        }

        Timers.StartPeriodicTimer(nameof(StandingDue), StandingDue.Instance, StandingEvery);
        _voice.DialVoters();
        Give(AuthorityInput.Tick.Instance);
    }

    /// <summary>One input after the other: what one leads to at this very node comes behind it.</summary>
    private void Give(AuthorityInput input)
    {
        _inputs.Enqueue(input);
        if (_busy)
            return;
        _busy = true;
        var before = _state;
        try
        {
            while (_inputs.TryDequeue(out var next))
                Decide(next);
        }
        finally
        {
            _busy = false;
        }

        if (before.Holder?.Epoch != _state.Holder?.Epoch)
            _voice.TellHolder(_state.Holder!);
        if (before.Voters.Id != _state.Voters.Id)
            _voice.DialVoters();
        if (before.Workers.Count != _state.Workers.Count && _plan.Manager.Current is not null)
            _voice.TellStanding();
        Settle();
        Plan();
    }

    private void Decide(AuthorityInput input)
    {
        var (step, taken) = (AuthorityDecisions.Step(_state, input, Now), _state.Holding?.Taken);
        _state = step.State;
        Publish();
        foreach (var effect in step.Effects)
            Carry(effect);
        if (input is AuthorityInput.FenceFailed)
            _commands.Drop(_state);
        if (input is AuthorityInput.Tick || taken != _state.Holding?.Taken)
        {
            foreach (var order in _orders.Again(_routes.NameOf))
                _inputs.Enqueue(order);
        }
    }

    private void Carry(AuthorityEffect effect)
    {
        switch (effect)
        {
            case AuthorityEffect.Send { Message: WorkerRequest.Command command }:
                _orders.Send(command);
                break;
            case AuthorityEffect.Send { Message: WorkerReply reply } send when _commands.Refuse(reply, _state):
                _routes.Find(send.To)?.Tell(new LinkCommands.Notify(reply with { Seq = 0 }));
                break;
            case AuthorityEffect.Send send when send.To == _state.Self.Node:
                _inputs.Enqueue(new AuthorityInput.Received(send.Message));
                break;
            case AuthorityEffect.Send send:
                _routes.Find(send.To)?.Tell(new LinkCommands.Notify(send.Message));
                break;
            case AuthorityEffect.WriteBallot write:
                _store.Tell(new StoreCommands.WriteBallot(write.Ticket, write.Ballot));
                break;
            case AuthorityEffect.WriteFence write:
                _store.Tell(new StoreCommands.WriteFence(write.Ticket, write.Fence));
                break;
            case AuthorityEffect.Queue queue:
                _commands.Admit(queue.Command);
                break;
            case AuthorityEffect.RefuseOrder refused:
                _orders.Refuse(refused, _plan.Gate);
                break;
            case AuthorityEffect.RefuseRequest refused:
                _requests.Refused(refused);
                break;
            case AuthorityEffect.Say said:
                _notices.Write(said.Notice, Snapshot, Now);
                _requests.Heard(said.Notice, Snapshot, Now);
                if (said.Notice is AuthorityNotice.Dropped)
                    _commands.Drop(_state);
                break;
        }
    }

    private void Plan()
    {
        var (own, request) = (AuthorityDecisions.DueAt(_state), _requests.DueAt);
        var due = own is null || request < own ? request : own;
        if (due is not { } at)
            return;
        var wait = at - Now;
        Timers.StartSingleTimer(TickKey, AuthorityInput.Tick.Instance, wait > ShortestWait ? wait : ShortestWait);
    }

    private void Publish() => _plan.Gate.Publish(Snapshot);

    private void Take(AuthorityEvents.StandingCame came)
    {
        var standing = came.Standing;
        if (!came.Accepted && _routes.NameOf(came.Link) is { } dialed && dialed != standing.Address)
            _notices.CallsItselfOtherwise(dialed, standing.Address, Now);

        // Whoever goes by another name than before is not two servers.
        if (_routes.NameOf(came.Link) is { } before && before != standing.Address)
            Forget(came.Link);
        var isNew = _routes.Add(standing.Address, came.Link, came.Accepted);
        if (isNew)
            Context.Watch(came.Link);
        if (standing.Address != _state.Self.Node)
            _servers = _servers.SetItem(standing.Address, new KnownServer(standing, Now, IsLinked: true));
        Publish();
        if (isNew && came.Accepted)
        {
            _voice.Introduce(came.Link);
            _voice.TellHolder(came.Link, standing.Address);
            if ((standing.Role & 1) != 0)
                Give(new AuthorityInput.WorkerCame(standing.Address));
        }

        if (standing.Voter is { Holder: { } holder, Epoch: > 0 and var epoch } voter && voter.Lease > TimeSpan.Zero)
            Give(new AuthorityInput.Heard(holder, epoch));
        Settle();
    }

    private void Take(AuthorityEvents.Moved moved)
    {
        if (_state.Holder is { IsHearsay: false } known && moved.Epoch < known.Epoch)
            return;
        if (moved.Holder == _state.Self.Node)
            _voice.BecomeManager();
        else
            _voice.Dial(moved.Holder);
        Give(new AuthorityInput.Heard(moved.Holder, moved.Epoch));
    }

    private void Forget(IActorRef link)
    {
        if (_routes.Remove(link) is not { } name)
            return;
        if (!_routes.HasAccepted(name) && _state.Workers.Contains(name))
            Give(new AuthorityInput.WorkerWent(name));
        if (_routes.Find(name) is not null || !_servers.TryGetValue(name, out var server))
            return;
        _servers = _state.Voters.Voters.Contains(name) ? _servers.SetItem(name, server with { IsLinked = false }) : _servers.Remove(name);
        Publish();
    }

    private void Settle()
    {
        _requests.Settle(Snapshot, Now);
        if (!_leaver.IsNobody() && _state.Release is null)
        {
            _leaver.Tell(AuthorityEvents.Left.Instance);
            _leaver = ActorRefs.Nobody;
        }
    }

    private void Leave()
    {
        _leaver = Sender;
        if (_state.MayAct(Now) && Successor.Of(Snapshot, Now) is { } successor)
            Give(new AuthorityInput.HandOver(successor));
        Give(AuthorityInput.Leave.Instance);
    }
}
