using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Manager.Commands;
using ClusterActors.Actors.Worker.Commands;
using static ClusterActors.Actors.Manager.ManagerEvents;
using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Manager;

/// <summary>
/// Keeps the registry of servers, allocates workers to clients, and passes operators' commands on to workers. Applies what the pure
/// functions decide, and logs.
/// </summary>
/// <remarks>
/// <para>It has no children. A decision that throws leaves the state as it was before the message, so whoever supervises this
/// actor may resume it and lose only that message. A restart empties the registry: it is warm again one report interval
/// later, and until then allocation is refused, but the leases given out before are forgotten.</para>
/// <para>It is in one state for all its life; it ends when it is stopped.</para>
/// </remarks>
internal sealed class ManagerActor : UntypedActor, IWithTimers
{
    private sealed class Tick : INotInfluenceReceiveTimeout, INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();

        private Tick()
        {
        }
    }

    private sealed class CommandDue : INotInfluenceReceiveTimeout, INoSerializationVerificationNeeded
    {
        public static readonly CommandDue Instance = new();

        private CommandDue()
        {
        }
    }

    private const string TickKey = "tick";
    private const string CommandKey = "command";
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly long _startedAt;
    private readonly AuthorityGate _gate;
    private readonly CommandPost _post;
    private ManagerState _state;

    public ManagerActor(ManagerSettings settings, TimeProvider time, Random random, AuthorityGate gate, IActorRef authority)
    {
        _gate = gate;
        _post = new CommandPost(authority);
        _time = time;
        _random = random;
        _startedAt = time.GetTimestamp();
        _state = new ManagerState { Settings = settings };
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    /// <summary>How to start a manager.</summary>
    /// <param name="settings">What it is configured with.</param>
    /// <param name="time">Its clock; only the timestamp is used, so setting the time of day changes nothing.</param>
    /// <param name="random">Draws workers. Used by this actor alone unless it is safe to share.</param>
    /// <param name="gate">Says whether this node may act as holder of management authority.</param>
    /// <param name="authority">Sends commands, as long as it may.</param>
    public static Props Props(ManagerSettings settings, TimeProvider time, Random random, AuthorityGate gate, IActorRef authority) =>
        Akka.Actor.Props.Create(() => new ManagerActor(settings, time, random, gate, authority));

    /// <inheritdoc/>
    protected override void PreStart() =>
        Timers.StartPeriodicTimer(TickKey, Tick.Instance, _state.Settings.ReportInterval);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ServerReported reported:
                TakeReport(reported);
                break;
            case Allocate request:
                Answer(request);
                break;
            case Command order:
                Take(order);
                break;
            case CommandAnswered answered:
                Advance(CommandAnswers.Take(_state, answered, Now));
                break;
            case LinkClosed closed:
                Close(closed);
                break;
            case IMemberEvent member:
                Apply(MemberNews.Take(_state, member, Now));
                break;
            case ViewFleet:
                Sender.Tell(FleetViews.Of(_state, Now, _gate));
                break;
            case AuthorityEvents.HolderChanged changed:
                _post.Announce(changed);
                foreach (var notice in HolderNews.Of(_state, changed))
                    ManagerLog.Write(_log, notice);
                break;
            case CommandDue:
                Advance(CommandAnswers.Expire(_state, Now));
                break;
            case Tick:
                Apply(Housekeeping.Tick(_state, Now));
                Advance(CommandAnswers.Expire(_state, Now));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void TakeReport(ServerReported reported)
    {
        var (next, receipt) = ReportIntake.Take(_state, reported, Now);
        _post.Remember(reported.Server, Sender);
        Apply(next);
        Sender.Tell(receipt);
    }

    private void Take(Command order)
    {
        var ticket = _post.NextTicket();
        var step = _gate.Epoch is null
            ? CommandOrders.Refuse(_state, order, ticket, AuthorityReplies.NotAuthority(_gate), Now)
            : CommandOrders.Take(_state, order, ticket, Now, Lease.NewToken);
        _post.Await(ticket, Sender);
        Advance(step);
    }

    private void Close(LinkClosed closed)
    {
        _post.Forget(closed.Link);
        Apply(Departures.Close(_state, closed, Now));
        Advance(CommandAnswers.Lose(_state, closed, Now));
    }

    /// <summary>A timer that runs is due before anything that began after it was started.</summary>
    private void Advance(CommandStep step)
    {
        Apply(step.State);
        _post.Deliver(step.Effects);
        if (Timers.IsTimerActive(CommandKey) || CommandAnswers.NextDue(_state) is not { } due)
            return;
        var wait = due - Now;
        Timers.StartSingleTimer(CommandKey, CommandDue.Instance, wait > ShortestWait ? wait : ShortestWait);
    }

    private void Answer(Allocate request)
    {
        if (_gate.Epoch is not { } epoch)
        {
            Sender.Tell(NotAuthority.Instance);
            return;
        }

        var decision = Allocation.Decide(_state, request, Now, _random, Lease.NewToken);
        Apply(decision.State);
        Sender.Tell(decision.Answer is AllocationGranted granted ? granted with { Epoch = epoch } : decision.Answer);
        if (_log.IsDebugEnabled)
            ManagerLog.Write(_log, request, decision);
    }

    private void Apply(ManagerState next)
    {
        _state = next.WithoutNotices();
        foreach (var notice in next.Notices)
            ManagerLog.Write(_log, notice);
    }
}
