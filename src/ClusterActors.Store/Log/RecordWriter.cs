using System.Buffers;
using System.Buffers.Binary;

namespace ClusterActors.Store.Log;

/// <summary>Writes records, whose layout is in <see cref="RecordLayout"/>.</summary>
public static class RecordWriter
{
    /// <summary>Writes one record.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="record">What.</param>
    /// <exception cref="ArgumentException">It says what no record may say, or is larger than <see cref="RecordLimits"/>; the message says what.</exception>
    public static void Write(IBufferWriter<byte> output, in LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (RecordRules.WhyNot(record) is { } reason)
            throw new ArgumentException(reason, nameof(record));

        var bytes = output.GetSpan(record.Length)[..record.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, record.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[RecordLayout.Sequence..], record.Point.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[RecordLayout.Ownership..], record.Point.Term.Ownership);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[RecordLayout.Start..], record.Point.Term.Start);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[RecordLayout.Expiry..], record.Expiry);
        bytes[RecordLayout.Operation] = (byte)record.Operation;
        bytes[RecordLayout.Zero] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[RecordLayout.KeyLength..], (ushort)record.Key.Length);
        record.Key.CopyTo(bytes[RecordLimits.HeaderBytes..]);
        record.Value.CopyTo(bytes[(RecordLimits.HeaderBytes + record.Key.Length)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[RecordLayout.Checksum..], Crc32C.OfItem(bytes));
        output.Advance(record.Length);
    }
}
