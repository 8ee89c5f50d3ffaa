namespace ClusterActors.Protocol.Frames;

/// <summary>What a <see cref="FrameReader"/> found.</summary>
public enum FrameEventKind
{
    /// <summary>No complete message is left in the input.</summary>
    NeedMore,

    /// <summary>A whole text message, valid UTF-8.</summary>
    Text,

    /// <summary>A whole binary message.</summary>
    Binary,

    /// <summary>A ping, to be answered with a pong of the same payload.</summary>
    Ping,

    /// <summary>A pong.</summary>
    Pong,

    /// <summary>The far end closes; to be answered with a close unless one was sent. What follows is discarded.</summary>
    Close,

    /// <summary>The far end broke the rules; to be answered with a close of the given code. What follows is discarded.</summary>
    Violation,
}
