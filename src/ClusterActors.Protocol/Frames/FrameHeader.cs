namespace ClusterActors.Protocol.Frames;

/// <summary>The header of one frame (RFC 6455 section 5.2), 2-14 bytes.</summary>
/// <param name="Opcode">What the frame is.</param>
/// <param name="Fin">Whether it is the last fragment of its message.</param>
/// <param name="PayloadLength">Payload in bytes.</param>
/// <param name="MaskingKey">
/// The masking key with its four bytes in memory order, as <see cref="FrameMask.Apply"/> takes it;
/// <see langword="null"/> in an unmasked frame.
/// </param>
public readonly record struct FrameHeader(Opcode Opcode, bool Fin, long PayloadLength, uint? MaskingKey)
{
    /// <summary>Longest header in bytes: 2, 8 of extended length, 4 of masking key.</summary>
    public const int MaxLength = 14;

    /// <summary>Length of this header in bytes.</summary>
    public int Length => LengthFor(PayloadLength, MaskingKey.HasValue);

    /// <summary>Whether the frame is a close, ping or pong.</summary>
    public bool IsControl => Opcode >= Opcode.Close;

    /// <summary>Length in bytes of the header of a frame.</summary>
    /// <param name="payloadLength">Payload in bytes.</param>
    /// <param name="masked">Whether a masking key follows the length.</param>
    public static int LengthFor(long payloadLength, bool masked) =>
        2 + (payloadLength > ushort.MaxValue ? 8 : payloadLength > 125 ? 2 : 0) + (masked ? 4 : 0);
}
