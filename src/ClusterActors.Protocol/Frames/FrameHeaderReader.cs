using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ClusterActors.Protocol.Frames;

/// <summary>
/// Reads the header of a frame (RFC 6455 section 5.2): FIN RSV1-3 opcode(4), MASK length(7), extended length 0, 16 or 64 bits,
/// masking key 0 or 4 bytes. Each rule is checked with the first byte that can break it.
/// </summary>
public static class FrameHeaderReader
{
    /// <summary>Reads one header from the start of <paramref name="input"/>.</summary>
    /// <param name="input">Bytes received, from the first of the frame.</param>
    /// <param name="header">The header, when done; its length is <see cref="FrameHeader.Length"/>.</param>
    /// <param name="needed">Bytes the header needs in total as far as is known; more than there are when answering
    /// <see cref="ReadStatus.NeedMore"/>.</param>
    /// <param name="reason">On a violation what is wrong; the answer is close <see cref="CloseCode.ProtocolError"/>.</param>
    public static ReadStatus TryRead(ReadOnlySpan<byte> input, out FrameHeader header, out int needed, out string? reason)
    {
        header = default;
        needed = 2;
        reason = CheckFirstByte(input);
        if (reason is not null)
            return ReadStatus.Violation;
        if (input.Length < 2)
            return ReadStatus.NeedMore;

        var opcode = (Opcode)(input[0] & 0x0f);
        var masked = (input[1] & 0x80) != 0;
        long length = input[1] & 0x7f;
        if (opcode >= Opcode.Close && length > 125)
            return Refuse("a control frame carries at most 125 bytes", out reason);

        var extended = length switch { 126 => 2, 127 => 8, _ => 0 };
        needed = 2 + extended + (masked ? 4 : 0);
        if (input.Length < 2 + extended)
            return ReadStatus.NeedMore;
        if (extended == 2)
            length = BinaryPrimitives.ReadUInt16BigEndian(input[2..]);
        else if (extended == 8)
            length = BinaryPrimitives.ReadInt64BigEndian(input[2..]);
        if (length < 0)
            return Refuse("the highest bit of a 64-bit length must be 0", out reason);
        if (extended > 0 && length <= (extended == 2 ? 125 : ushort.MaxValue))
            return Refuse($"a length of {length} must be written in its shortest form", out reason);
        if (input.Length < needed)
            return ReadStatus.NeedMore;

        uint? key = masked ? MemoryMarshal.Read<uint>(input[(2 + extended)..]) : null;
        header = new FrameHeader(opcode, (input[0] & 0x80) != 0, length, key);
        return ReadStatus.Done;
    }

    private static string? CheckFirstByte(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return null;
        var first = input[0];
        if ((first & 0x70) != 0)
            return "RSV1-3 must be 0; no extension was agreed on";
        var opcode = first & 0x0f;
        if (opcode is (> 0x2 and < 0x8) or > 0xA)
            return $"opcode {opcode} is reserved";
        return opcode >= 0x8 && (first & 0x80) == 0 ? "a control frame must not be fragmented" : null;
    }

    private static ReadStatus Refuse(string wrong, out string? reason)
    {
        reason = wrong;
        return ReadStatus.Violation;
    }
}
