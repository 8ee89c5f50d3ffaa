namespace ClusterActors.Protocol.Frames;

/// <summary>Whether received frames must be masked (PROTOCOL.md sections 2 and 7).</summary>
public enum MaskPolicy
{
    /// <summary>Masked and unmasked frames are taken: CshBBrain links.</summary>
    Either,

    /// <summary>Only masked frames are taken: a WebSocket server reading its client (RFC 6455 section 5.1).</summary>
    Required,

    /// <summary>Only unmasked frames are taken: a WebSocket client reading its server.</summary>
    Forbidden,
}
