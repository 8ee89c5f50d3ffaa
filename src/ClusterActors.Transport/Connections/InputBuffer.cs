using System.Buffers;

namespace ClusterActors.Transport.Connections;

/// <summary>The part of a frame that has arrived before its rest. Empty, and then without memory, between frames.</summary>
internal sealed class InputBuffer : IDisposable
{
    private const int SmallestRent = 1024;

    private byte[]? _buffer;

    public int Length { get; private set; }

    public byte[] Array => _buffer ?? [];

    /// <summary>Room behind what is held, at least one byte; grows with what has arrived, never with what a header promises.</summary>
    /// <param name="needed">Bytes the whole frame needs, when that is known: no more room than that is made.</param>
    public Span<byte> Room(int needed)
    {
        var free = _buffer!.Length - Length;
        if (free == 0 || (needed > _buffer.Length && free < Length / 2))
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestRent, Length * 2));
            _buffer.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(Length);
    }

    public void Appended(int count) => Length += count;

    /// <summary>Keeps <paramref name="rest"/>, which may be a part of this very buffer, as all that is held.</summary>
    public void Keep(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
        {
            Dispose();
            return;
        }

        if (_buffer is null)
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestRent, rest.Length));
        else if (_buffer.Length < rest.Length)
            Replace(rest);
        rest.CopyTo(_buffer);
        Length = rest.Length;
    }

    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        Length = 0;
    }

    private void Replace(ReadOnlySpan<byte> rest)
    {
        ArrayPool<byte>.Shared.Return(_buffer!);
        _buffer = ArrayPool<byte>.Shared.Rent(rest.Length);
    }
}
