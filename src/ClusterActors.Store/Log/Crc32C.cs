using System.Buffers.Binary;
using System.Numerics;

namespace ClusterActors.Store.Log;

/// <summary>CRC-32C (Castagnoli, RFC 3720 section 12.1), by the processor where it can.</summary>
internal static class Crc32C
{
    private const uint Initial = uint.MaxValue;

    /// <summary>The checksum of a framed item: of its first four bytes and of all from the eighth on, since it stands between them itself.</summary>
    /// <param name="item">The item, at least 8 bytes.</param>
    public static uint OfItem(ReadOnlySpan<byte> item) => ~Add(Add(Initial, item[..4]), item[8..]);

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(Initial, bytes);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
