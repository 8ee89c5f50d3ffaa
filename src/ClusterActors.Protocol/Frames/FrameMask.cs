using System.Numerics;
using System.Runtime.InteropServices;

namespace ClusterActors.Protocol.Frames;

/// <summary>Masks and unmasks: byte i of the payload XOR byte i mod 4 of the key (RFC 6455 section 5.3).</summary>
public static class FrameMask
{
    /// <summary>Applies the key in place; a second time undoes the first.</summary>
    /// <param name="payload">The whole payload, from its first byte.</param>
    /// <param name="key">The four bytes of the key in memory order.</param>
    public static void Apply(Span<byte> payload, uint key)
    {
        var rest = payload;
        if (Vector.IsHardwareAccelerated)
        {
            var keys = Vector.AsVectorByte(new Vector<uint>(key));
            while (rest.Length >= Vector<byte>.Count)
            {
                (new Vector<byte>(rest) ^ keys).CopyTo(rest);
                rest = rest[Vector<byte>.Count..];
            }
        }

        // A vector is a multiple of four bytes, so what is left starts at byte 0 of the key again.
        var keyBytes = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key));
        for (var i = 0; i < rest.Length; i++)
            rest[i] ^= keyBytes[i & 3];
    }
}
