using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;
using Cluster = Akka.Cluster.Cluster;

namespace ClusterActors.Actors.Membership;

/// <summary>
/// Brings this node into the fleet's Akka.Cluster, tells the manager which members come, go and cannot be reached, and publishes which
/// cluster lives. Applies what <see cref="Joining"/> decides, and logs.
/// </summary>
/// <remarks>It has no children and is in one state for all its life. Whoever supervises it may resume it: a failed decision changed nothing.</remarks>
internal sealed class MembershipActor : UntypedActor, IWithTimers
{
    private sealed record Tick : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static Tick Instance { get; } = new();
    }

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly IActorRef _gateway;
    private readonly ManagerDuty _manager;
    private readonly LivingCluster _published;
    private readonly Func<bool> _holdsAuthority;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private MembershipState _state;
    private IActorRef? _told;

    public MembershipActor(IActorRef gateway, ManagerDuty manager, LivingCluster published, Func<bool> holdsAuthority, TimeProvider time)
    {
        _gateway = gateway;
        _manager = manager;
        _published = published;
        _holdsAuthority = holdsAuthority;
        _time = time;
        _startedAt = time.GetTimestamp();
        _state = new MembershipState(_cluster.SelfAddress, KeyOf(_cluster.SelfUniqueAddress));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    /// <param name="gateway">Asks the managers: <see cref="GatewayCommands.AskCluster"/>.</param>
    /// <param name="manager">The manager of this node, while it is one: hears <see cref="ManagerEvents.IMemberEvent"/>.</param>
    /// <param name="published">Where to publish which cluster lives.</param>
    /// <param name="holdsAuthority">Whether this node may act as holder of management authority at the moment.</param>
    /// <param name="time">Clock; only the timestamp is used.</param>
    public static Props Props(
        IActorRef gateway, ManagerDuty manager, LivingCluster published, Func<bool> holdsAuthority, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new MembershipActor(gateway, manager, published, holdsAuthority, time));

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.ReachabilityEvent));
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Tick:
                OnTick();
                break;
            case GatewayEvents.ClusterAsked asked:
                _state = Joining.Asked(_state, asked.Managers, Now);
                break;
            case GatewayEvents.ClusterAnswered answered:
                Hear(answered.Manager.ToString(), answered.Members, answered.Forming);
                break;
            case GatewayEvents.ClusterTold told:
                Hear($"link {told.Link}", told.Members, forming: false);
                break;
            case ClusterEvent.MemberRemoved removed:
                Change(removed.Member, _state.Book.Remove(KeyOf(removed.Member.UniqueAddress)));
                break;
            case ClusterEvent.IMemberEvent changed:
                Change(changed.Member, Put(_state.Book, changed.Member));
                break;
            case ClusterEvent.ReachabilityEvent reachability:
                Change(
                    reachability.Member,
                    Put(_state.Book, reachability.Member).Mark(KeyOf(reachability.Member.UniqueAddress), reachability is ClusterEvent.ReachableMember));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static string KeyOf(UniqueAddress member) => $"{member.Address}#{member.Uid}";

    private static MemberBook Put(MemberBook book, Member member) => book.Put(
        KeyOf(member.UniqueAddress), member.Address.ToString(), AkkaClusterConfig.NodeOf(member.Roles), PhaseOf(member.Status));

    private static MemberPhase PhaseOf(MemberStatus status) => status switch
    {
        MemberStatus.Joining or MemberStatus.WeaklyUp => MemberPhase.Joining,
        MemberStatus.Up => MemberPhase.Up,
        MemberStatus.Down => MemberPhase.PutOut,
        _ => MemberPhase.Leaving,
    };

    private void OnTick()
    {
        TellNewManager();
        var (next, effects) = Joining.Tick(_state with { Holds = _holdsAuthority() }, Now);
        Apply(next);
        foreach (var effect in effects)
            Do(effect);
    }

    private void Hear(string source, IReadOnlyList<string> members, bool forming)
    {
        var (next, effect) = Joining.Told(_state, source, members, forming, Now);
        Apply(next);
        if (effect is not null)
            Do(effect);
    }

    private void Apply(MembershipState next)
    {
        _state = next;
        _published.Current = next.Answer;
    }

    private void Do(MembershipEffect effect)
    {
        switch (effect)
        {
            case MembershipEffect.Ask ask:
                _gateway.Tell(new GatewayCommands.AskCluster(ask.Known));
                break;
            case MembershipEffect.Join join:
                _log.Info("joining the Akka.Cluster through {Members}", string.Join(", ", join.Through));
                _cluster.JoinSeedNodes(join.Through);
                break;
            case MembershipEffect.Form:
                _log.Info("no server that can be reached knows a living Akka.Cluster: forming one as {Remote}", _cluster.SelfAddress);
                _cluster.Join(_cluster.SelfAddress);
                break;
            case MembershipEffect.GiveUp away:
                _log.Warning(
                    "the fleet has two Akka.Clusters: leaving this one with {Members} members for the other one with {Others}; this node starts anew",
                    away.Members, away.Others);
                _ = CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
                break;
        }
    }

    private void Change(Member member, MemberBook book)
    {
        var node = AkkaClusterConfig.NodeOf(member.Roles);
        var (before, after) = (_state.Book, book);
        Apply(_state.With(book));
        var (was, now) = node is null ? (MemberState.None, MemberState.None) : (before.StateOf(node), after.StateOf(node));
        // Who has left hears no more of the others, which does not mean that they are gone.
        if (was == now || (_state.HasEnded && now == MemberState.None))
        {
            _log.Debug("member {Remote} of the Akka.Cluster is {State}", member.Address, member.Status);
            return;
        }

        Log(node!, member, was, now);
        if (!TellNewManager())
            _manager.Current?.Tell(EventOf(node!, now));
    }

    /// <summary>Tells a manager that has just begun, since authority was handed over to this node, of every member there is.</summary>
    private bool TellNewManager()
    {
        if (_manager.Current is not { } manager || manager.Equals(_told))
            return false;
        _told = manager;
        foreach (var node in _state.Book.Nodes)
            manager.Tell(EventOf(node, _state.Book.StateOf(node)));
        return true;
    }

    private void Log(string node, Member member, MemberState was, MemberState now)
    {
        if (now == MemberState.Unreachable)
            _log.Warning("member {Node} at {Remote} cannot be reached (was {From})", node, member.Address, was);
        else if (now == MemberState.None)
            _log.Info("member {Node} at {Remote} is gone from the Akka.Cluster (was {From})", node, member.Address, was);
        else
            _log.Info("member {Node} at {Remote} is {State} (was {From})", node, member.Address, now, was);
    }

    private static ManagerEvents.IMemberEvent EventOf(string node, MemberState state) => state switch
    {
        MemberState.Up => new ManagerEvents.MemberReachable(node),
        MemberState.Unreachable => new ManagerEvents.MemberUnreachable(node),
        MemberState.Leaving => new ManagerEvents.MemberLeaving(node),
        _ => new ManagerEvents.MemberGone(node),
    };
}
