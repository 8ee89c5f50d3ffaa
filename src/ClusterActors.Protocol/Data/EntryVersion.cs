using System.Buffers;
using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Protocol.Data;

/// <summary>
/// Which write made an entry, <c>ownership.start.sequence</c> on the wire (PROTOCOL.md section 8). Clients compare versions for equality;
/// a later write has the greater numbers, the first that differs deciding.
/// </summary>
/// <param name="Ownership">Which owner of the data, counted by the authority.</param>
/// <param name="Start">Which start of that owner.</param>
/// <param name="Sequence">Number of the write in the log.</param>
public readonly record struct EntryVersion(long Ownership, long Start, long Sequence)
{
    /// <summary>Most bytes of a version on the wire.</summary>
    public const int MaxBytes = (19 * 3) + 2;

    /// <summary>Reads a version: three whole numbers from 0 to 2^63-1, digits alone, with dots between them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out EntryVersion version)
    {
        version = default;
        var first = text.IndexOf((byte)'.');
        var last = text.LastIndexOf((byte)'.');
        if (text.Length > MaxBytes
            || first == last
            || !NumberReading.TryReadWhole(text[..first], long.MaxValue, out var ownership)
            || !NumberReading.TryReadWhole(text[(first + 1)..last], long.MaxValue, out var start)
            || !NumberReading.TryReadWhole(text[(last + 1)..], long.MaxValue, out var sequence))
            return false;
        version = new EntryVersion(ownership, start, sequence);
        return true;
    }

    /// <summary>Writes it as on the wire.</summary>
    public void Write(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumber(Ownership);
        writer.Write("."u8);
        writer.WriteNumber(Start);
        writer.Write("."u8);
        writer.WriteNumber(Sequence);
    }

    /// <summary>As on the wire.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ownership}.{Start}.{Sequence}");
}
