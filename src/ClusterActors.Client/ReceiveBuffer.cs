namespace ClusterActors.Client;

/// <summary>Bytes that arrived and were not consumed yet. It grows with what arrives, not with what a header announces.</summary>
internal sealed class ReceiveBuffer
{
    private const int InitialSize = 4096;

    private byte[] _bytes = new byte[InitialSize];
    private int _start;
    private int _end;

    /// <summary>What was not consumed.</summary>
    public Span<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Room for more, at least one byte.</summary>
    public Memory<byte> Room()
    {
        if (_end == _bytes.Length && _start > 0)
        {
            Unread.CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        return _bytes.AsMemory(_end);
    }

    /// <summary>Counts what was put into <see cref="Room"/>.</summary>
    public void Filled(int count) => _end += count;

    /// <summary>Drops bytes from the front.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
            (_start, _end) = (0, 0);
    }
}
