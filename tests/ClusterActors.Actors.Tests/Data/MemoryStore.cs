using System.Text;
using ClusterActors.Actors.Data;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Tests.Data;

/// <summary>Entries in memory. Writes are committed at once, or when the test says so.</summary>
internal sealed class MemoryStore : IDataStore
{
    private sealed record Waiting(DataWrite Write, IDataWaiter Waiter, DataOutcome Outcome);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, DataEntry> _committed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntryVersion?> _newest = new(StringComparer.Ordinal);
    private readonly Queue<Waiting> _waiting = new();
    private IDataListener? _listener;
    private long _sequence;

    /// <summary>Whether writes wait for <see cref="Commit"/>.</summary>
    public bool Holds { get; set; }

    public DataRefusal? ReadRefusal { get; set; }

    /// <summary>What every write is answered, when it is set.</summary>
    public DataRefusal? WriteRefusal { get; set; }

    /// <summary>What every write throws, when it is set.</summary>
    public Exception? Fault { get; set; }

    public AckLevel Acks { get; set; } = AckLevel.One;

    public IDataListener Listener => _listener!;

    /// <summary>Writes that were handed over and are not committed.</summary>
    public int Uncommitted
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>The write that was handed over last.</summary>
    public DataWrite? Last { get; private set; }

    public void Listen(IDataListener listener) => _listener = listener;

    public DataRead Get(ReadOnlySpan<byte> key)
    {
        lock (_gate)
            return ReadRefusal is { } refusal ? new DataRead(refusal, null) : new DataRead(null, _committed.GetValueOrDefault(Name(key)));
    }

    public DataListing List(in DataRange range)
    {
        lock (_gate)
        {
            if (ReadRefusal is { } refusal)
                return new DataListing(refusal, [], false);
            var (prefix, after) = (Name(range.Prefix), Name(range.After));
            var keys = _committed.Keys
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0)
                .Take(range.Limit + 1)
                .Select(key => (ReadOnlyMemory<byte>)Encoding.Latin1.GetBytes(key))
                .ToList();
            return new DataListing(null, [.. keys.Take(range.Limit)], keys.Count > range.Limit);
        }
    }

    public void Write(DataWrite write, IDataWaiter waiter)
    {
        lock (_gate)
        {
            if (Fault is { } fault)
                throw fault;
            Last = write;
            _waiting.Enqueue(new Waiting(write, waiter, Judge(write)));
            if (!Holds)
                CommitAll();
        }
    }

    /// <summary>Commits what waits.</summary>
    public void Commit()
    {
        lock (_gate)
            CommitAll();
    }

    /// <summary>The time of an entry is over.</summary>
    public void Expire(string key)
    {
        lock (_gate)
        {
            _committed.Remove(key);
            _newest.Remove(key);
            _listener!.Changed(new DataChange(DataChangeKind.Expire, Encoding.Latin1.GetBytes(key), default, Next()));
        }
    }

    private DataOutcome Judge(DataWrite write)
    {
        var key = Name(write.Key.Span);
        var present = _newest.GetValueOrDefault(key);
        if (WriteRefusal is { } refusal)
            return DataOutcome.Refused(refusal);
        if (!write.Condition.Holds(present))
            return DataOutcome.Conflict(present);
        if (write.Kind == DataWriteKind.Remove && present is null)
            return DataOutcome.NotFound;
        var version = Next();
        _newest[key] = write.Kind == DataWriteKind.Put ? version : null;
        return DataOutcome.Written(version, Acks);
    }

    private EntryVersion Next() => new(1, 1, ++_sequence);

    private void CommitAll()
    {
        // In groups: everything is applied before anybody is told.
        foreach (var waiting in _waiting)
            Apply(waiting);
        while (_waiting.TryDequeue(out var waiting))
            waiting.Waiter.Told(waiting.Outcome);
    }

    private void Apply(Waiting waiting)
    {
        if (waiting.Outcome is not { Result: DataResult.Written, Version: { } version })
            return;
        var write = waiting.Write;
        if (write.Kind == DataWriteKind.Put)
            _committed[Name(write.Key.Span)] = new DataEntry(write.Value, version);
        else
            _committed.Remove(Name(write.Key.Span));
        var kind = write.Kind == DataWriteKind.Put ? DataChangeKind.Put : DataChangeKind.Remove;
        _listener!.Changed(new DataChange(kind, write.Key.Span, write.Value.Span, version));
    }

    // A character for each byte keeps the order of bytes.
    private static string Name(ReadOnlySpan<byte> key) => Encoding.Latin1.GetString(key);
}
