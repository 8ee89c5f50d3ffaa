using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Data;
using ClusterActors.Protocol.Data;
using ClusterActors.Store.Entries;
using ClusterActors.Store.Log;

namespace ClusterActors.Actors.Backup;

/// <summary>
/// Owns the business data of a worker: the only one that writes it. What waits when the disk becomes free is the next group: its records
/// are written and synced at once, then applied to the entries, then everybody who waits is told. It has a thread of its own, since it waits
/// for the disk. States: Opening (left when the store is open), Serving (left by the end or a broken store) and Broken.
/// </summary>
internal sealed class OriginActor : UntypedActor, IWithTimers
{
    /// <summary>Writes what has been gathered; it stands behind everything that had come before.</summary>
    private sealed record WriteNow : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static WriteNow Instance { get; } = new();
    }

    private sealed record Open : INoSerializationVerificationNeeded
    {
        public static Open Instance { get; } = new();
    }

    private sealed record LookAround : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static LookAround Instance { get; } = new();
    }

    // A group is held in memory and written with one call.
    private const int MostGroupBytes = 4 * 1024 * 1024;
    private const int MostExpired = 1000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly DataRefusal Unknown = DataRefusal.Timeout(
        "the disk of this server failed: it is not known whether the write was done; read it again when the data is served");

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly OriginPlan _plan;
    private readonly List<IActorRef> _subscribers = [];
    private readonly WriteDesk _desk;
    private OpenOrigin? _origin;
    private WriteGroup? _group;
    private string? _refusal = "this server opens its store";

    // More than the reserve after a file of the log found no room, until there is room for one.
    private long _neededBytes;

    public OriginActor(OriginPlan plan)
    {
        _plan = plan;
        _neededBytes = plan.ReserveBytes;
        _desk = new WriteDesk(key => _origin!.Find(key.Span));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private long Now => _plan.Time.GetUtcNow().ToUnixTimeMilliseconds();

    public static Props Props(OriginPlan plan) => Akka.Actor.Props.Create(() => new OriginActor(plan)).WithDispatcher("cluster-actors.store-dispatcher");

    protected override void PreStart() => Self.Tell(Open.Instance);

    protected override void PostStop()
    {
        _plan.Store.Close();
        _group?.GiveUp(Unknown);
        _origin?.Dispose();
    }

    protected override void OnReceive(object message)
    {
        if (message is Open)
            OpenStore();
        else if (!TryTakeCommon(message))
            Unhandled(message);
    }

    private void Serving(object message)
    {
        switch (message)
        {
            case OriginCommands.Write write:
                Take(write);
                break;
            case OriginCommands.Break broken:
                Break(broken.Reason);
                break;
            case WriteNow:
                WriteGroup();
                break;
            case LookAround:
                LookForSpace();
                Expire();
                break;
            default:
                if (!TryTakeCommon(message))
                    Unhandled(message);
                break;
        }
    }

    private void Broken(object message)
    {
        if (message is not (WriteNow or LookAround or OriginCommands.Break) && !TryTakeCommon(message))
            Unhandled(message);
    }

    private bool TryTakeCommon(object message)
    {
        switch (message)
        {
            case OriginCommands.Write write:
                write.Waiter.Told(DataOutcome.Refused(DataRefusal.Unavailable(_refusal!)));
                return true;
            case OriginCommands.Subscribe:
                _subscribers.Add(Sender);
                Sender.Tell(Standing());
                return true;
            default:
                return false;
        }
    }

    private void OpenStore()
    {
        try
        {
            _origin = OpenOrigin.Open(_plan, _log);
        }
        catch (StoreBrokenException broken)
        {
            _plan.Startup.StoreBroken(broken.Message);
            StayClosed(broken);
            return;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _plan.Startup.Failed($"{_plan.Directory}, where the business data is kept (dataDirectory), cannot be used: {failure.Message}");
            StayClosed(failure);
            return;
        }

        _refusal = null;
        LookForSpace();
        _plan.Store.Serve(_origin.Entries);
        Timers.StartPeriodicTimer(nameof(LookAround), LookAround.Instance, LookEvery);
        Become(Serving);
        TellStanding();
    }

    private void StayClosed(Exception why)
    {
        _refusal = $"the store of this server cannot be opened: {why.Message}";
        _log.Error("The store in {Directory} cannot be opened: {Reason}", _plan.Directory, why.Message);
        Become(Broken);
    }

    private void Take(OriginCommands.Write write)
    {
        if (_refusal is { } refusal)
        {
            write.Waiter.Told(DataOutcome.Refused(DataRefusal.Unavailable(refusal)));
            return;
        }

        var (asked, now) = (write.Asked, Now);
        if (Judge(write, now) is not { } verdict)
            return;
        if (verdict is { Outcome: { } outcome, RestsOn: 0 })
            write.Waiter.Told(outcome);
        else if (verdict.Outcome is { } later)
            Group().Wait(write.Waiter, later);
        else
            Add(asked, now, write.Waiter);
    }

    private WriteVerdict? Judge(OriginCommands.Write write, long now)
    {
        try
        {
            return _desk.Judge(write.Asked, now);
        }
        catch (EntriesDamagedException damage)
        {
            write.Waiter.Told(DataOutcome.Refused(DataRefusal.Unavailable($"the store of this server is broken: {damage.Message}")));
            Break(damage.Message);
            return null;
        }
    }

    private void Add(DataWrite asked, long now, IDataWaiter waiter)
    {
        var group = Group();
        LogPoint point;
        PresentEntry? left = null;
        if (asked.Kind == DataWriteKind.Put)
        {
            var expiry = asked.Lifetime is { } lifetime ? now + (long)lifetime.TotalMilliseconds : 0;
            point = group.Put(asked, expiry);
            left = new PresentEntry(Backup.WriteGroup.VersionOf(point), expiry);
        }
        else
        {
            point = group.Remove(asked.Key, DataChangeKind.Remove);
        }

        _desk.Add(asked.Key, point.Sequence, left);
        group.Wait(waiter, DataOutcome.Written(Backup.WriteGroup.VersionOf(point), AckLevel.Local));
        if (group.Length >= MostGroupBytes)
            WriteGroup();
    }

    private WriteGroup Group()
    {
        if (_group is not null)
            return _group;
        Self.Tell(WriteNow.Instance, ActorRefs.NoSender);
        return _group = _origin!.NextGroup();
    }

    private void WriteGroup()
    {
        if (_group is not { IsEmpty: false } group)
            return;
        _group = null;
        _desk.Clear();

        // What is taken from the disk is taken with new files, faster than the clock looks.
        if (_origin!.NeedsFile(group.Length))
            LookForSpace();
        if (_refusal is { } full)
        {
            group.GiveUp(DataRefusal.Unavailable(full));
            return;
        }

        try
        {
            _origin.Commit(group.Finish());
        }
        catch (LogNoRoomException failure)
        {
            _neededBytes = Math.Max(_plan.ReserveBytes, _plan.SegmentBytes);
            LookForSpace();
            _log.Error("The disk of {Directory} gives no new file: {Reason}", _plan.Directory, failure.Message);
            group.GiveUp(DataRefusal.Unavailable(_refusal ?? $"the disk of this server gives no new file, try again: {failure.Message}"));
            return;
        }
        catch (Exception failure)
        {
            group.GiveUp(Unknown);
            Break(failure.Message);
            return;
        }

        group.Tell(_plan.Store.Listeners);
    }

    private void Expire()
    {
        if (_refusal is not null)
            return;
        try
        {
            foreach (var (key, version) in _origin!.Expired(Now, MostExpired))
            {
                if (!_desk.IsStill(key, version))
                    continue;
                var point = Group().Remove(key, DataChangeKind.Expire);
                _desk.Add(key, point.Sequence, null);
            }
        }
        catch (EntriesDamagedException damage)
        {
            Break(damage.Message);
        }
    }

    /// <summary>The log has its space already; the entries would not have it, and then nothing could be promised any more.</summary>
    private void LookForSpace()
    {
        var free = _plan.FreeBytes(_plan.Directory);
        var key = _neededBytes == _plan.ReserveBytes ? "store.reserve" : "store.segmentSize";
        var refusal = free < _neededBytes ? $"the disk of this server is full: {free} bytes are free and {_neededBytes} are needed ({key})" : null;
        if ((refusal is null) == (_refusal is null))
            return;
        if (refusal is not null)
            _log.Error("The disk of {Directory} is full: {Free} bytes are free and {Needed} are needed ({Key}); nothing is written until there is space", _plan.Directory, free, _neededBytes, key);
        else
            _log.Info("The disk of {Directory} has space again: {Free} bytes are free; writes are taken", _plan.Directory, free);
        if (refusal is null)
            _neededBytes = _plan.ReserveBytes;
        _refusal = refusal;
        TellStanding();
    }

    private void Break(string reason)
    {
        _refusal = $"the store of this server is broken: {reason}";
        _log.Error("The store in {Directory} is broken, this server stops: {Reason}", _plan.Directory, reason);
        _group?.GiveUp(DataRefusal.Unavailable(_refusal));
        _group = null;
        Become(Broken);
        TellStanding();
        CoordinatedShutdown.Get(Context.System).Run(new StoreBrokenReason(reason));
    }

    private OriginEvents.Standing Standing() => new(_origin is not null, _refusal);

    private void TellStanding()
    {
        foreach (var subscriber in _subscribers)
            subscriber.Tell(Standing());
    }
}
