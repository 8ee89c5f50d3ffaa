using System.Buffers;

namespace ClusterActors.Protocol.Frames;

/// <summary>
/// Assembles the fragments of one message in a pooled buffer that grows with the bytes that arrived, and holds no buffer in
/// between messages.
/// </summary>
internal struct FragmentBuffer
{
    private byte[]? _buffer;

    /// <summary>Bytes assembled so far.</summary>
    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> fragment)
    {
        var total = Length + fragment.Length;
        if (total > (_buffer?.Length ?? 0))
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(total, Math.Min(Length * 2, 1 << 30)));
            Written.CopyTo(larger);
            GiveBackBuffer();
            _buffer = larger;
        }

        fragment.CopyTo(_buffer.AsSpan(Length));
        Length = total;
    }

    public void GiveBack()
    {
        GiveBackBuffer();
        Length = 0;
    }

    private void GiveBackBuffer()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
    }
}
