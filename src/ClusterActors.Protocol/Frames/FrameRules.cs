namespace ClusterActors.Protocol.Frames;

/// <summary>What a <see cref="FrameReader"/> takes (PROTOCOL.md section 2).</summary>
public sealed record FrameRules
{
    /// <summary>1 MiB, the limit of a message where none is configured.</summary>
    public const int DefaultMaxMessageBytes = 1024 * 1024;

    /// <summary>A link after the handshake of PROTOCOL.md section 1, whichever side opened it.</summary>
    public static FrameRules Link { get; } = new() { SkipLeadingLineEnds = true };

    /// <summary>A server's side of a WebSocket (PROTOCOL.md section 7).</summary>
    public static FrameRules WebSocketServer { get; } = new() { Mask = MaskPolicy.Required };

    /// <summary>Whether frames must be masked.</summary>
    public MaskPolicy Mask { get; init; } = MaskPolicy.Either;

    /// <summary>Most payload bytes of a frame, and of the fragments of a message together; above it the answer is close 1009.</summary>
    public int MaxMessageBytes { get; init; } = DefaultMaxMessageBytes;

    /// <summary>
    /// Whether CR and LF ahead of the first frame are skipped: the line end of a handshake that was already complete without
    /// it (PROTOCOL.md section 1). Neither byte can begin a frame.
    /// </summary>
    public bool SkipLeadingLineEnds { get; init; }
}
