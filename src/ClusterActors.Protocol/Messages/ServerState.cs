namespace ClusterActors.Protocol.Messages;

/// <summary>State of a server in a manager's registry (PROTOCOL.md section 4, action 9). Only <see cref="Up"/> is allocated to.</summary>
public enum ServerState
{
    /// <summary>Its link is open and its reports are on time.</summary>
    Up,

    /// <summary>Its link is open but no report came for three intervals.</summary>
    Late,

    /// <summary>Its link is lost.</summary>
    Unreachable,

    /// <summary>It serves the clients it has and is allocated no more.</summary>
    Draining,

    /// <summary>It left, or was unreachable for so long that it is taken to have left.</summary>
    Gone,
}
