using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// Hands a link's reports to the manager with at most one in flight, and no more often than the manager can use: of reports
/// that come faster the newest is kept, with the leases of all, so that a flood costs the manager nothing.
/// </summary>
internal sealed class ReportRelay(IActorRef manager, TimeProvider time)
{
    /// <summary>The next report may be handed on now.</summary>
    internal sealed record Due : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Due Instance { get; } = new();
    }

    private const int MostLeases = 10_000;
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(50);

    // A manager that failed at a report sends no receipt; the server must not stay late for ever because of that.
    private static readonly TimeSpan ReceiptLimit = TimeSpan.FromSeconds(5);

    private ServerReport? _waiting;
    private bool _inFlight;
    private bool _dueAsked;
    private long _handedOn;

    /// <summary>Whether the manager has ever heard of this link.</summary>
    public bool HasReported { get; private set; }

    /// <summary>Keeps a report that has arrived.</summary>
    public void Take(ServerReport report)
    {
        if (_waiting is { Leases.Count: > 0 } earlier)
            report = report with { Leases = [.. earlier.Leases.Concat(report.Leases).TakeLast(MostLeases)] };
        _waiting = report;
    }

    /// <summary>Hands the newest report on, if one waits and the time has come.</summary>
    public void HandOn(LinkedServer server, IActorContext context)
    {
        if (_waiting is not { } report || _dueAsked)
            return;
        var since = HasReported ? time.GetElapsedTime(_handedOn) : TimeSpan.MaxValue;
        if (_inFlight && since < ReceiptLimit)
            return;
        var wait = Spacing - since;
        if (wait > TimeSpan.Zero)
        {
            _dueAsked = true;
            context.System.Scheduler.ScheduleTellOnce(wait, context.Self, Due.Instance, context.Self);
            return;
        }

        _waiting = null;
        _inFlight = true;
        HasReported = true;
        _handedOn = time.GetTimestamp();
        manager.Tell(new ManagerEvents.ServerReported(server, report), context.Self);
    }

    /// <summary>The manager has taken or refused the report in flight.</summary>
    public void Receipt() => _inFlight = false;

    /// <summary>The time asked for has come.</summary>
    public void IsDue() => _dueAsked = false;
}
