namespace ClusterActors.Protocol.Handshake;

/// <summary>How a connection to a business port opens (PROTOCOL.md section 7).</summary>
public enum Opening
{
    /// <summary>The bytes so far could become either.</summary>
    NeedMore,

    /// <summary>The handshake of section 1, or something unknown that its reader refuses in words.</summary>
    CshBBrain,

    /// <summary>An HTTP request: a WebSocket upgrade or something that gets an HTTP answer.</summary>
    Http,
}
