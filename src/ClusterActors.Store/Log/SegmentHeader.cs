using System.Buffers.Binary;
using System.Globalization;

namespace ClusterActors.Store.Log;

/// <summary>
/// The beginning of a segment file, little-endian:
/// <code>
///  0  8 bytes  "CAlog", 0, and the format: u16, 1
///  8  u32      0
/// 12  u32      crc32c of bytes 0-11 and 16-63
/// 16  i64      sequence of the first record
/// 24  i64 i64  ownership and start of the record before it
/// 40  i64      0
/// 48  16 bytes the segment's random id
/// </code>
/// Behind it stand records (<see cref="RecordLayout"/>) and marks (<see cref="SegmentMark"/>), then zeros to the end of the file. A segment
/// is created only when all before it is synced.
/// </summary>
/// <param name="First">Sequence of the first record.</param>
/// <param name="Previous">Term of the record before it.</param>
/// <param name="Id">Random, so that no client can write what would be taken for a mark of this segment.</param>
internal readonly record struct SegmentHeader(long First, LogTerm Previous, UInt128 Id)
{
    public const int Bytes = 64;

    private const int ChecksumAt = 12;
    private const int FirstAt = 16;
    private const int OwnershipAt = 24;
    private const int StartAt = 32;
    private const int IdAt = 48;
    private const int FormatAt = 6;
    private const ushort Format = 1;
    private const string Extension = ".log";

    private static ReadOnlySpan<byte> Magic => "CAlog\0"u8;

    /// <summary>The file's name: the first sequence, so that names sort as the records do.</summary>
    public string Name => First.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The record before the first.</summary>
    public LogPoint Before => new(Previous, First - 1);

    /// <summary>Whether a file is a segment by its name.</summary>
    public static bool IsName(string name) => name.EndsWith(Extension, StringComparison.Ordinal);

    public byte[] Write()
    {
        var bytes = new byte[Bytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(FormatAt), Format);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(FirstAt), First);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(OwnershipAt), Previous.Ownership);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(StartAt), Previous.Start);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(IdAt), Id);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumAt), Checksum(bytes));
        return bytes;
    }

    /// <summary>Reads it; otherwise says what is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SegmentHeader header, out string? reason)
    {
        header = default;
        reason = WhyNot(bytes);
        if (reason is not null)
            return false;
        header = new SegmentHeader(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[FirstAt..]),
            new LogTerm(BinaryPrimitives.ReadInt64LittleEndian(bytes[OwnershipAt..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[StartAt..])),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[IdAt..]));
        return true;
    }

    private static string? WhyNot(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes)
            return $"it has {bytes.Length} bytes; a segment has at least {Bytes}";
        if (!bytes.StartsWith(Magic))
            return "it does not begin as a segment does";
        if (Checksum(bytes[..Bytes]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]))
            return "the checksum of its header does not belong to what it says";
        var format = BinaryPrimitives.ReadUInt16LittleEndian(bytes[FormatAt..]);
        return format != Format ? $"its format is {format}, which this version does not know; it knows {Format}" : null;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes) =>
        Crc32C.Of([.. bytes[..ChecksumAt], .. bytes[(ChecksumAt + sizeof(uint))..Bytes]]);
}
