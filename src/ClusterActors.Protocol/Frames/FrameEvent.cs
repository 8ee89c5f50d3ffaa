namespace ClusterActors.Protocol.Frames;

/// <summary>
/// One answer of <see cref="FrameReader.Read"/>. The payload lies in the caller's input or in the reader's buffer and is
/// good until the next call of the reader.
/// </summary>
public readonly ref struct FrameEvent
{
    private FrameEvent(FrameEventKind kind, ReadOnlySpan<byte> payload, int closeCode, string? reason, int neededBytes)
    {
        Kind = kind;
        Payload = payload;
        CloseCode = closeCode;
        Reason = reason;
        NeededBytes = neededBytes;
    }

    /// <summary>What was found.</summary>
    public FrameEventKind Kind { get; }

    /// <summary>Unmasked payload of a message, ping or pong; empty otherwise.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>
    /// Close: the far end's code, <see cref="CloseCode.None"/> when it gave none. Violation: the code to answer with.
    /// </summary>
    public int CloseCode { get; }

    /// <summary>Close: the far end's words, when there are any. Violation: what was wrong.</summary>
    public string? Reason { get; }

    /// <summary>
    /// NeedMore: bytes to hold from the first one not consumed before reading again is of any use: the whole frame once its
    /// header is known, never more than the limit plus <see cref="FrameHeader.MaxLength"/>; 0 when no frame has begun.
    /// </summary>
    public int NeededBytes { get; }

    internal static FrameEvent NeedMore(int neededBytes) => new(FrameEventKind.NeedMore, default, 0, null, neededBytes);

    internal static FrameEvent Message(FrameEventKind kind, ReadOnlySpan<byte> payload) => new(kind, payload, 0, null, 0);

    internal static FrameEvent Close(int code, string? reason) => new(FrameEventKind.Close, default, code, reason, 0);

    internal static FrameEvent Violation(int code, string reason) => new(FrameEventKind.Violation, default, code, reason, 0);
}
