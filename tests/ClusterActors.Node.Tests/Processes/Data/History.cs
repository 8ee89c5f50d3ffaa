using System.Collections.Concurrent;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>Everything that clients asked a store and were answered, over all of its runs, on one clock that only counts.</summary>
public sealed class History
{
    private readonly ConcurrentQueue<Deed> _deeds;
    private long _clock;
    private int _run;

    public History()
        : this([], 0, 0)
    {
    }

    private History(IEnumerable<Deed> deeds, long clock, int run) => (_deeds, _clock, _run) = (new(deeds), clock, run);

    public IReadOnlyCollection<Deed> Deeds => _deeds;

    /// <summary>A moment that no other has.</summary>
    public long Now() => Interlocked.Increment(ref _clock);

    /// <summary>The server has been ended and started again; nothing is under way.</summary>
    public void Restarted() => Interlocked.Increment(ref _run);

    /// <summary>The same, to go on with separately.</summary>
    public History Copy() => new(_deeds, _clock, _run);

    /// <summary>A request that is about to be sent.</summary>
    public Deed Begin(string client, DataOperation operation, string key) => new(client, operation, key, Now()) { Run = Volatile.Read(ref _run) };

    /// <summary>Keeps what became of a request.</summary>
    public Deed Add(Deed deed)
    {
        _deeds.Enqueue(deed);
        return deed;
    }

    /// <summary>Keeps a request that was answered.</summary>
    public Deed Add(Deed deed, DataReply reply)
    {
        ArgumentNullException.ThrowIfNull(deed);
        ArgumentNullException.ThrowIfNull(reply);
        var end = reply switch
        {
            { IsOk: true } => DeedEnd.Done,
            { Code: DataCode.NotFound } => DeedEnd.Missing,
            { Code: DataCode.Conflict } => DeedEnd.Conflict,
            { Code: DataCode.Timeout } => DeedEnd.Unknown,
            { Code: DataCode.Unavailable or DataCode.NotReady } => DeedEnd.Refused,
            _ => throw new InvalidOperationException($"{deed} is answered {reply.Code}: {reply.Msg}"),
        };
        return Add(deed with
        {
            End = end,
            Answered = end == DeedEnd.Unknown ? long.MaxValue : Now(),
            Version = reply.Version,
            Shows = end == DeedEnd.Done && deed.Operation == DataOperation.Get ? LabelledValue.LabelOf(reply.Value.Span) : null,
        });
    }

    /// <summary>Keeps what a watcher was told.</summary>
    public void Add(string client, DataPush push)
    {
        ArgumentNullException.ThrowIfNull(push);
        var deed = Begin(client, DataOperation.Watch, push.Key);
        Add(deed with
        {
            End = DeedEnd.Done,
            Answered = deed.Sent,
            Version = push.Version,
            Shows = push.Kind == DataChangeKind.Put ? LabelledValue.LabelOf(push.Value.Span) : null,
        });
    }
}
