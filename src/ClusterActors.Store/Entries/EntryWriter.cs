using System.Buffers;
using ClusterActors.Store.Log;
using RocksDbSharp;

namespace ClusterActors.Store.Entries;

/// <summary>Turns records into one batch for RocksDB, the index of expiries kept in step. For one thread.</summary>
internal sealed class EntryWriter(Rocks rocks) : IDisposable
{
    private readonly WriteBatch _batch = new();
    private readonly ArrayBufferWriter<byte> _value = new();

    // What the batch itself has changed: RocksDB does not see that before it is written.
    private readonly Dictionary<byte[], long> _expiries = new(KeyComparer.Instance);

    /// <summary>Whether there may be entries with an expiry.</summary>
    public bool HasExpiries { get; set; }

    public void Add(in LogRecord record)
    {
        if (record.Operation == RecordOperation.Term)
            return;
        Span<byte> buffer = stackalloc byte[EntryLayout.MaxKeyBytes];
        if (HasExpiries && ExpiryOf(record.Key) is > 0 and var expiry)
            _batch.Delete(EntryLayout.WriteExpiryKey(buffer, expiry, record.Key));
        if (record.Expiry > 0)
        {
            HasExpiries = true;
            _batch.Put(EntryLayout.WriteExpiryKey(buffer, record.Expiry, record.Key), default);
        }

        if (HasExpiries)
            _expiries[record.Key.ToArray()] = record.Expiry;
        var key = EntryLayout.WriteKey(buffer, record.Key);
        if (record.Operation == RecordOperation.Remove)
            _batch.Delete(key);
        else
            _batch.Put(key, Value(record));
    }

    /// <summary>Writes what was added, and the mark with it.</summary>
    public void Write(AppliedMark? mark)
    {
        if (mark is not null)
        {
            Span<byte> bytes = stackalloc byte[EntryLayout.AppliedBytes];
            EntryLayout.WriteApplied(bytes, mark);
            _batch.Put(EntryLayout.AppliedKey, bytes);
        }

        rocks.Write(_batch);
    }

    public void Clear()
    {
        _batch.Clear();
        _expiries.Clear();
    }

    public void Dispose() => _batch.Dispose();

    private long ExpiryOf(ReadOnlySpan<byte> key)
    {
        if (_expiries.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var expiry))
            return expiry;
        Span<byte> buffer = stackalloc byte[EntryLayout.MaxKeyBytes];
        return rocks.Get(EntryLayout.WriteKey(buffer, key)) is { } stored ? EntryLayout.ReadExpiry(stored) : 0;
    }

    private ReadOnlySpan<byte> Value(in LogRecord record)
    {
        _value.ResetWrittenCount();
        EntryLayout.WriteHeader(_value.GetSpan(EntryLayout.HeaderBytes), record.Point, record.Expiry);
        _value.Advance(EntryLayout.HeaderBytes);
        _value.Write(record.Value);
        return _value.WrittenSpan;
    }
}
