using System.Buffers;

namespace ClusterActors.Transport.Connections;

/// <summary>The part of a frame that has arrived before its rest. Empty, and then without memory, between frames.</summary>
internal sealed class InputBuffer : IDisposable
{
    private const int SmallestRent = 1024;
    private const int Spare = 4;

    private byte[]? _buffer;

    public int Length { get; private set; }

    public byte[] Array => _buffer ?? [];

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>Room behind what is held, at least one byte; grows with what has arrived, never with what a header promises.</summary>
    /// <param name="needed">Bytes the whole frame needs, when that is known: room is made early only when more than there is will come.</param>
    public Span<byte> Room(int needed)
    {
        var free = Array.Length - Length;
        if (free == 0 || (needed > Array.Length && free < Length / 2))
            MoveTo(Math.Max(SmallestRent, Length * 2), Bytes);
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

        // The few bytes behind a large frame must not hold on to the memory of that frame.
        var wanted = Math.Max(SmallestRent, rest.Length);
        if (Array.Length < rest.Length || Array.Length / Spare > wanted)
            MoveTo(wanted, rest);
        else
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

    private void MoveTo(int size, ReadOnlySpan<byte> content)
    {
        var other = ArrayPool<byte>.Shared.Rent(size);
        content.CopyTo(other);
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = other;
    }
}
