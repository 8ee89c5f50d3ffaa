namespace ClusterActors.Protocol.Frames;

/// <summary>Status codes of close frames (RFC 6455 section 7.4.1 and the IANA registry).</summary>
public static class CloseCode
{
    /// <summary>The purpose of the connection is fulfilled.</summary>
    public const int Normal = 1000;

    /// <summary>The server stops, or the page is left.</summary>
    public const int GoingAway = 1001;

    /// <summary>A frame broke the protocol.</summary>
    public const int ProtocolError = 1002;

    /// <summary>A kind of data that is not taken here.</summary>
    public const int UnsupportedData = 1003;

    /// <summary>Never sent: stands for a close frame without a code.</summary>
    public const int None = 1005;

    /// <summary>Text that is not UTF-8.</summary>
    public const int InvalidPayload = 1007;

    /// <summary>The message is well formed but not allowed.</summary>
    public const int PolicyViolation = 1008;

    /// <summary>A frame or message over the limit.</summary>
    public const int TooBig = 1009;

    /// <summary>The server failed.</summary>
    public const int InternalError = 1011;

    /// <summary>The server restarts; come back.</summary>
    public const int ServiceRestart = 1012;

    /// <summary>The server is overloaded; come back later.</summary>
    public const int TryAgainLater = 1013;

    /// <summary>Whether the code may stand in a close frame (RFC 6455 section 7.4).</summary>
    public static bool MayBeSent(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
