using System.Buffers;

namespace ClusterActors.Store.Log;

/// <summary>Writes the records of one group, and gives each its sequence. For one group only; not thread-safe.</summary>
/// <param name="term">The term of all of them.</param>
/// <param name="first">The sequence of the first.</param>
public sealed class GroupWriter(LogTerm term, long first)
{
    private const int FirstBytes = 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(FirstBytes);
    private int _count;

    /// <summary>Records written.</summary>
    public int Count => _count;

    /// <summary>Bytes written.</summary>
    public int Length => _bytes.WrittenCount;

    /// <summary>Sets the value of a key.</summary>
    /// <param name="key">The key, 1 to 1024 bytes.</param>
    /// <param name="value">The value, up to 1 MiB.</param>
    /// <param name="expiry">When the entry ends, in milliseconds since 1970 (UTC); 0 when it does not.</param>
    /// <returns>The record: its version.</returns>
    /// <exception cref="ArgumentException">A part is too long, or the expiry negative.</exception>
    public LogPoint Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long expiry) => Add(RecordOperation.Put, key, value, expiry);

    /// <summary>Removes a key.</summary>
    /// <returns>The record: its version.</returns>
    /// <exception cref="ArgumentException">The key is empty or too long.</exception>
    public LogPoint Remove(ReadOnlySpan<byte> key) => Add(RecordOperation.Remove, key, default, 0);

    /// <summary>Begins the term.</summary>
    /// <returns>The record.</returns>
    public LogPoint BeginTerm() => Add(RecordOperation.Term, default, default, 0);

    /// <summary>The group; nothing may be written after.</summary>
    /// <exception cref="InvalidOperationException">Nothing was written.</exception>
    public RecordGroup Finish() => _count == 0
        ? throw new InvalidOperationException("a group has at least one record")
        : RecordGroup.Of(_bytes.WrittenMemory, _count, [new LogPoint(term, first)], new LogPoint(term, first + _count - 1));

    private LogPoint Add(RecordOperation operation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long expiry)
    {
        var point = new LogPoint(term, first + _count);
        RecordWriter.Write(_bytes, new LogRecord { Point = point, Operation = operation, Expiry = expiry, Key = key, Value = value });
        _count++;
        return point;
    }
}
