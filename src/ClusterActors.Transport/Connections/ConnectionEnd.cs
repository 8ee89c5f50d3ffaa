namespace ClusterActors.Transport.Connections;

/// <summary>Why a connection is over.</summary>
public enum ConnectionEnd
{
    /// <summary>The far end sent everything it had and closed.</summary>
    EndOfStream,

    /// <summary>The far end closed with a part of a frame or handshake still missing: a broken link, not a clean close.</summary>
    EndOfStreamInsideFrame,

    /// <summary>The network or the far end broke the connection.</summary>
    Broken,

    /// <summary>The far end did not read what it was sent (PROTOCOL.md knows no way to tell it so).</summary>
    SlowConsumer,

    /// <summary>This side closed it, and that is done.</summary>
    ClosedHere,
}
