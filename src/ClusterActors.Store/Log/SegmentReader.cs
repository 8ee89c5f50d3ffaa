using System.Buffers;
using System.Buffers.Binary;

namespace ClusterActors.Store.Log;

/// <summary>Reads what stands in a segment, one item after the other, through a window that grows with the largest record.</summary>
/// <param name="file">The file; the caller disposes of it.</param>
/// <param name="id">The id of the segment.</param>
/// <param name="offset">Where to begin: at an item.</param>
internal sealed class SegmentReader(ILogFile file, UInt128 id, long offset) : IDisposable
{
    private const int FirstWindow = 64 * 1024;

    private byte[] _window = ArrayPool<byte>.Shared.Rent(FirstWindow);
    private int _start;
    private int _end;
    private int _length;
    private bool _isAtEnd;

    /// <summary>Where the item that was read last begins.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>Where it ends.</summary>
    public long Next => Offset + _length;

    /// <summary>The bytes of the item that was read last; until the next is.</summary>
    public ReadOnlySpan<byte> Bytes => _window.AsSpan(_start, _length);

    /// <summary>Reads the next item.</summary>
    /// <param name="record">The record, until the next item is read.</param>
    /// <param name="durable">What a mark says.</param>
    /// <param name="reason">What is wrong with it.</param>
    public SegmentItem Read(out LogRecord record, out long durable, out string? reason)
    {
        _start += _length;
        Offset += _length;
        _length = 0;
        while (true)
        {
            var window = _window.AsSpan(_start, _end - _start);
            var item = Look(window, out record, out durable, out reason, out var isWhole);
            if (isWhole)
                return item;
            if (_isAtEnd)
                return window.ContainsAnyExcept((byte)0) ? Refuse("it is cut off by the end of the file", out reason) : SegmentItem.Nothing;
            Fill();
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_window);

    private SegmentItem Look(ReadOnlySpan<byte> window, out LogRecord record, out long durable, out string? reason, out bool isWhole)
    {
        record = default;
        durable = 0;
        reason = null;
        isWhole = window.Length >= sizeof(uint);
        var length = isWhole ? BinaryPrimitives.ReadUInt32LittleEndian(window) : 0;
        if (length == 0)
            return SegmentItem.Nothing;
        if (length == SegmentMark.Bytes)
        {
            isWhole = window.Length >= SegmentMark.Bytes;
            if (!isWhole || !SegmentMark.TryRead(window, id, out durable, out reason))
                return SegmentItem.Wrong;
            _length = SegmentMark.Bytes;
            return SegmentItem.Mark;
        }

        var rest = window;
        var status = RecordReader.TryRead(ref rest, out record, out reason);
        isWhole = status != RecordStatus.NeedMore;
        if (status != RecordStatus.Done)
            return SegmentItem.Wrong;
        _length = record.Length;
        return SegmentItem.Record;
    }

    private void Fill()
    {
        var kept = _end - _start;
        var window = _window;
        if (kept > _window.Length / 2)
            window = ArrayPool<byte>.Shared.Rent(_window.Length * 2);
        _window.AsSpan(_start, kept).CopyTo(window);
        if (window != _window)
        {
            ArrayPool<byte>.Shared.Return(_window);
            _window = window;
        }

        var read = file.Read(_window.AsSpan(kept), Offset + kept);
        _isAtEnd = read < _window.Length - kept;
        _start = 0;
        _end = kept + read;
    }

    private static SegmentItem Refuse(string wrong, out string? reason)
    {
        reason = wrong;
        return SegmentItem.Wrong;
    }
}
