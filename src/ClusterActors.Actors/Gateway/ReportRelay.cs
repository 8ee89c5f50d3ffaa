using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// Decides when a link's reports go to the manager: with at most one in flight, and no more often than the manager can use. Of
/// reports that come faster the newest is kept, with the leases of all, so that a flood costs the manager nothing.
/// </summary>
internal sealed class ReportRelay(TimeProvider time)
{
    private const int MostLeases = 10_000;

    /// <summary>Time from one report that is handed on to the next.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// A manager that failed at a report sends no receipt; after this time the next report is handed on without it, so that the
    /// server is not late for ever.
    /// </summary>
    public static readonly TimeSpan ReceiptLimit = TimeSpan.FromSeconds(5);

    private ServerReport? _waiting;
    private bool _inFlight;
    private bool _waits;
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

    /// <summary>The report to hand on now, if there is one and its time has come.</summary>
    /// <param name="wait">How long to wait before <see cref="IsDue"/> is to be called; not told again until then.</param>
    public ServerReport? Next(out TimeSpan? wait)
    {
        wait = null;
        if (_waiting is not { } report || _waits)
            return null;
        var since = HasReported ? time.GetElapsedTime(_handedOn) : TimeSpan.MaxValue;
        if (_inFlight && since < ReceiptLimit)
            return null;
        if (since < Spacing)
        {
            _waits = true;
            wait = Spacing - since;
            return null;
        }

        return HandOn(report);
    }

    /// <summary>
    /// The report that waits, if there is one, whether or not its time has come: for what the link says next, which must not overtake it.
    /// </summary>
    public ServerReport? Hurry() => _waiting is { } report ? HandOn(report) : null;

    /// <summary>The manager has taken or refused the report in flight.</summary>
    public void Receipt() => _inFlight = false;

    /// <summary>The time asked for has come.</summary>
    public void IsDue() => _waits = false;

    private ServerReport HandOn(ServerReport report)
    {
        _waiting = null;
        _inFlight = HasReported = true;
        _handedOn = time.GetTimestamp();
        return report;
    }
}
