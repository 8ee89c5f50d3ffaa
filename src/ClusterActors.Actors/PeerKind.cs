namespace ClusterActors.Actors;

/// <summary>What the far end of a link is, known from the protocol name of its handshake (PROTOCOL.md sections 1 and 5).</summary>
public enum PeerKind
{
    /// <summary>A peer that follows PROTOCOL.md throughout.</summary>
    ClusterActors,

    /// <summary>An existing CshBBrain (Java) server: reports every 30 s and only the first row of names.</summary>
    CshBBrain,
}
