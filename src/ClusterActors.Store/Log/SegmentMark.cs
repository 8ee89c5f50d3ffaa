using System.Buffers.Binary;

namespace ClusterActors.Store.Log;

/// <summary>
/// The durable mark, which is written behind the records of a group as soon as they are synced. A record that cannot be read was durable
/// when a mark at or above it is found anywhere: then it is damage, and no torn tail. Little-endian:
/// <code>
///  0  u32       length     32, which no record has
///  4  u32       crc32c     of bytes 0-3 and 8-31
///  8  i64       durable    sequence through which all was synced when this was written
/// 16  16 bytes  the id of its segment
/// </code>
/// Marks belong to their file; a stream to a copy has none.
/// </summary>
internal static class SegmentMark
{
    public const int Bytes = 32;

    private const int ChecksumAt = 4;
    private const int DurableAt = 8;
    private const int IdAt = 16;

    public static void Write(Span<byte> bytes, long durable, UInt128 id)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[DurableAt..], durable);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[IdAt..], id);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Crc32C.OfItem(bytes[..Bytes]));
    }

    /// <summary>Reads one from the start of the bytes; otherwise says what is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, UInt128 id, out long durable, out string? reason)
    {
        durable = 0;
        if (bytes.Length < Bytes || BinaryPrimitives.ReadInt32LittleEndian(bytes) != Bytes)
            reason = "it is no mark";
        else if (Crc32C.OfItem(bytes[..Bytes]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]))
            reason = "the checksum of a mark does not belong to what it says";
        else if (BinaryPrimitives.ReadUInt128LittleEndian(bytes[IdAt..]) != id)
            reason = "a mark of another segment";
        else
            reason = null;
        if (reason is not null)
            return false;
        durable = BinaryPrimitives.ReadInt64LittleEndian(bytes[DurableAt..]);
        return true;
    }

    /// <summary>The highest mark that stands anywhere in the bytes, however damaged they are around it; -1 when there is none.</summary>
    public static long Highest(ReadOnlySpan<byte> bytes, UInt128 id)
    {
        Span<byte> wanted = stackalloc byte[Bytes - IdAt];
        BinaryPrimitives.WriteUInt128LittleEndian(wanted, id);
        var highest = -1L;
        for (var from = IdAt; from < bytes.Length;)
        {
            var found = bytes[from..].IndexOf(wanted);
            if (found < 0)
                break;
            if (TryRead(bytes[(from + found - IdAt)..], id, out var durable, out _))
                highest = Math.Max(highest, durable);
            from += found + 1;
        }

        return highest;
    }
}
