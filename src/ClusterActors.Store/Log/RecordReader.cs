using System.Buffers.Binary;

namespace ClusterActors.Store.Log;

/// <summary>Reads records, whose layout is in <see cref="RecordLayout"/>. It never throws, whatever the bytes are.</summary>
public static class RecordReader
{
    /// <summary>Reads one record from the start of the input.</summary>
    /// <param name="input">The bytes; what is behind the record when done, otherwise as it was.</param>
    /// <param name="record">The record, over the input's memory.</param>
    /// <param name="reason">On a violation, what is wrong.</param>
    public static RecordStatus TryRead(scoped ref ReadOnlySpan<byte> input, out LogRecord record, out string? reason)
    {
        record = default;
        reason = null;
        if (input.Length < sizeof(uint))
            return RecordStatus.NeedMore;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(input);
        if (length is < RecordLimits.HeaderBytes or > RecordLimits.MaxRecordBytes)
            return Refuse($"a record of {length} bytes; allowed are {RecordLimits.HeaderBytes} to {RecordLimits.MaxRecordBytes}", out reason);
        if (input.Length < length)
            return RecordStatus.NeedMore;

        var bytes = input[..(int)length];
        if (Crc32C.OfItem(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[RecordLayout.Checksum..]))
            return Refuse("its checksum does not belong to what it says", out reason);
        var keyLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[RecordLayout.KeyLength..]);
        if (RecordLimits.HeaderBytes + keyLength > length)
            return Refuse($"a key of {keyLength} bytes is longer than its record", out reason);

        var read = new LogRecord
        {
            Point = new LogPoint(
                new LogTerm(Whole(bytes, RecordLayout.Ownership), Whole(bytes, RecordLayout.Start)), Whole(bytes, RecordLayout.Sequence)),
            Operation = (RecordOperation)bytes[RecordLayout.Operation],
            Expiry = Whole(bytes, RecordLayout.Expiry),
            Key = bytes.Slice(RecordLimits.HeaderBytes, keyLength),
            Value = bytes[(RecordLimits.HeaderBytes + keyLength)..],
        };
        reason = bytes[RecordLayout.Zero] == 0 ? RecordRules.WhyNot(read) : "its byte 41 is not 0";
        if (reason is not null)
            return RecordStatus.Violation;
        record = read;
        input = input[bytes.Length..];
        return RecordStatus.Done;
    }

    private static long Whole(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);

    private static RecordStatus Refuse(string wrong, out string? reason)
    {
        reason = wrong;
        return RecordStatus.Violation;
    }
}
