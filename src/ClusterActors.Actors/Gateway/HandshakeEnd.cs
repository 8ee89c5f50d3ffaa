namespace ClusterActors.Actors.Gateway;

/// <summary>How a handshake with a manager went.</summary>
internal enum HandshakeEnd
{
    /// <summary>It was done, or refused in words: the manager understood it.</summary>
    Understood,

    /// <summary>The far end took the connection and did not answer.</summary>
    Unanswered,

    /// <summary>
    /// It was done as with an existing CshBBrain server, but the echo shows that the manager is none (PROTOCOL.md section 1.2).
    /// </summary>
    NotCshBBrain,
}
