using System.Buffers.Binary;
using ClusterActors.Store.Log;

namespace ClusterActors.Store.Entries;

/// <summary>
/// How entries stand in RocksDB, all in one column family, so that a write buffer goes to the disk with the mark it belongs to:
/// <code>
/// "a"                         applied mark: sequence, ownership, start (i64 each, little-endian), u8 1 = there were expiries
/// "e" key                     ownership, start, sequence, expiry (i64 each, little-endian), then the value
/// "x" expiry (i64, big-endian) key   nothing: the index of expiries
/// </code>
/// </summary>
internal static class EntryLayout
{
    public const byte Applied = (byte)'a';
    public const byte Entries = (byte)'e';
    public const byte Expiries = (byte)'x';

    public const int HeaderBytes = 32;
    public const int AppliedBytes = 25;

    /// <summary>Bytes in front of the key in the index of expiries.</summary>
    public const int ExpiryPrefix = 1 + sizeof(long);

    /// <summary>Most bytes of a key in RocksDB.</summary>
    public const int MaxKeyBytes = ExpiryPrefix + RecordLimits.MaxKeyBytes;

    public static ReadOnlySpan<byte> AppliedKey => "a"u8;

    public static ReadOnlySpan<byte> WriteKey(Span<byte> buffer, ReadOnlySpan<byte> key)
    {
        buffer[0] = Entries;
        key.CopyTo(buffer[1..]);
        return buffer[..(1 + key.Length)];
    }

    public static ReadOnlySpan<byte> WriteExpiryKey(Span<byte> buffer, long expiry, ReadOnlySpan<byte> key)
    {
        buffer[0] = Expiries;
        BinaryPrimitives.WriteInt64BigEndian(buffer[1..], expiry);
        key.CopyTo(buffer[ExpiryPrefix..]);
        return buffer[..(ExpiryPrefix + key.Length)];
    }

    public static long ReadExpiryOfKey(ReadOnlySpan<byte> expiryKey) => BinaryPrimitives.ReadInt64BigEndian(expiryKey[1..]);

    public static void WriteHeader(Span<byte> bytes, LogPoint version, long expiry)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, version.Term.Ownership);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], version.Term.Start);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], version.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], expiry);
    }

    public static LogPoint ReadVersion(ReadOnlySpan<byte> stored) => new(
        new LogTerm(BinaryPrimitives.ReadInt64LittleEndian(stored), BinaryPrimitives.ReadInt64LittleEndian(stored[8..])),
        BinaryPrimitives.ReadInt64LittleEndian(stored[16..]));

    public static long ReadExpiry(ReadOnlySpan<byte> stored) => BinaryPrimitives.ReadInt64LittleEndian(stored[24..]);

    public static void WriteApplied(Span<byte> bytes, AppliedMark mark)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, mark.Point.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], mark.Point.Term.Ownership);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], mark.Point.Term.Start);
        bytes[24] = mark.HasExpiries ? (byte)1 : (byte)0;
    }

    public static AppliedMark ReadApplied(ReadOnlySpan<byte> bytes) => new(
        new LogPoint(
            new LogTerm(BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..])),
            BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        bytes[24] != 0);
}
