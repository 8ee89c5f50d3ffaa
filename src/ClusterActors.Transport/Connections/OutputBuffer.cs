using System.Buffers;

namespace ClusterActors.Transport.Connections;

/// <summary>Bytes that wait to be sent. Holds pooled memory only while something waits, so that an idle connection holds none.</summary>
public sealed class OutputBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestRent = 1024;
    private const int LargestFirstRent = 64 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private int _firstRent = SmallestRent;

    /// <summary>Bytes that wait.</summary>
    public int Length => _end - _start;

    /// <summary>The bytes that wait; valid until the next change.</summary>
    public ReadOnlySpan<byte> Pending => _buffer.AsSpan(_start, Length);

    /// <inheritdoc/>
    public void Advance(int count) => _end += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_end);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_end);
    }

    /// <summary>Forgets the first <paramref name="count"/> waiting bytes: they are sent.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
            Dispose();
    }

    /// <summary>Forgets everything and gives the memory back; the buffer can be written again.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
        {
            // What comes next is likely as much as this was: memory of the right size at once saves growing to it.
            _firstRent = Math.Clamp(_end, SmallestRent, LargestFirstRent);
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = null;
        _start = _end = 0;
    }

    private void Reserve(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, _firstRent));
            return;
        }

        if (_buffer.Length - _end >= wanted)
            return;

        var target = _buffer;
        if (_buffer.Length - Length < wanted || _start < _buffer.Length / 2)
            target = ArrayPool<byte>.Shared.Rent(Math.Max(Length + wanted, _buffer.Length * 2));
        Pending.CopyTo(target);
        if (target != _buffer)
            ArrayPool<byte>.Shared.Return(_buffer);
        _end -= _start;
        _start = 0;
        _buffer = target;
    }
}
