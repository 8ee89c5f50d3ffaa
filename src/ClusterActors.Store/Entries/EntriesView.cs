using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using ClusterActors.Store.Log;
using RocksDbSharp;

namespace ClusterActors.Store.Entries;

/// <summary>The entries as they were after one group, whatever is applied meanwhile. For one thread, any one.</summary>
public sealed class EntriesView : IDisposable
{
    private readonly Rocks _rocks;
    private readonly Snapshot _snapshot;
    private readonly ReadOptions _options;
    private bool _isDisposed;

    internal EntriesView(string directory, Rocks rocks)
    {
        rocks.Enter();
        _rocks = rocks;
        _snapshot = rocks.CreateSnapshot();
        _options = new ReadOptions().SetSnapshot(_snapshot).SetFillCache(false);
        try
        {
            Applied = EntryStore.ReadMark(rocks, _options, directory).Point;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static ReadOnlySpan<byte> EntriesOnly => "e"u8;

    /// <summary>The last record that is in it.</summary>
    public LogPoint Applied { get; }

    /// <summary>Reads entries for a snapshot that is sent to a copy.</summary>
    /// <param name="after">The key to begin behind; nothing to begin with the first.</param>
    /// <param name="maxBytes">Most bytes; one entry is read even if it is larger.</param>
    /// <exception cref="EntriesDamagedException">They cannot be read as they were written.</exception>
    public EntryChunk Read(ReadOnlySpan<byte> after, int maxBytes)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var records = new ArrayBufferWriter<byte>();
        byte[] last = [];
        var count = 0;
        using var cursor = new EntryCursor(_rocks, _options);
        for (var found = EntryListing.SeekBehind(cursor, default, after); found; found = cursor.Next(EntriesOnly))
        {
            var stored = cursor.Value;
            var record = new LogRecord
            {
                Point = EntryLayout.ReadVersion(stored),
                Operation = RecordOperation.Put,
                Expiry = EntryLayout.ReadExpiry(stored),
                Key = cursor.Key[1..],
                Value = stored[EntryLayout.HeaderBytes..],
            };
            if (count > 0 && records.WrittenCount + record.Length > maxBytes)
                break;
            RecordWriter.Write(records, record);
            last = record.Key.ToArray();
            count++;
        }

        return new EntryChunk(records.WrittenMemory, count, last);
    }

    /// <summary>The hash of the next entries, and where they end.</summary>
    /// <param name="after">The key to begin behind; nothing to begin with the first.</param>
    /// <param name="maxEntries">Most entries.</param>
    /// <exception cref="EntriesDamagedException">They cannot be read as they were written.</exception>
    public RangeHash HashNext(ReadOnlySpan<byte> after, int maxEntries) => Hash(after, null, maxEntries);

    /// <summary>The hash of the entries of a range that somebody else has chosen.</summary>
    /// <param name="after">The key to begin behind; nothing to begin with the first.</param>
    /// <param name="through">The last key; <see langword="null"/> for all that are behind.</param>
    /// <exception cref="EntriesDamagedException">They cannot be read as they were written.</exception>
    public RangeHash HashRange(ReadOnlySpan<byte> after, ReadOnlyMemory<byte>? through) => Hash(after, through, long.MaxValue);

    /// <summary>Lets go of what it kept.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _snapshot.Dispose();
        _rocks.Leave();
    }

    private RangeHash Hash(ReadOnlySpan<byte> after, ReadOnlyMemory<byte>? through, long maxEntries)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var hash = new XxHash128();
        var count = 0L;
        byte[] last = [];
        Span<byte> lengths = stackalloc byte[2 * sizeof(int)];
        using var cursor = new EntryCursor(_rocks, _options);
        for (var found = EntryListing.SeekBehind(cursor, default, after); found; found = cursor.Next(EntriesOnly))
        {
            var key = cursor.Key[1..];
            if (through is { } end && key.SequenceCompareTo(end.Span) > 0)
                break;
            if (count == maxEntries)
                return new RangeHash(last, count, hash.GetCurrentHashAsUInt128());
            BinaryPrimitives.WriteInt32LittleEndian(lengths, key.Length);
            BinaryPrimitives.WriteInt32LittleEndian(lengths[sizeof(int)..], cursor.Value.Length);
            hash.Append(lengths);
            hash.Append(key);
            hash.Append(cursor.Value);
            if (++count == maxEntries)
                last = key.ToArray();
        }

        return new RangeHash(through, count, hash.GetCurrentHashAsUInt128());
    }
}
