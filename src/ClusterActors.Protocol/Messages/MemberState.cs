namespace ClusterActors.Protocol.Messages;

/// <summary>What the Akka.Cluster says of a server (PROTOCOL.md section 4.3).</summary>
public enum MemberState
{
    /// <summary>It is no member: it does not take part, has not joined yet, or has left.</summary>
    None,

    /// <summary>It is a member and can be reached.</summary>
    Up,

    /// <summary>It is a member that the others cannot reach.</summary>
    Unreachable,

    /// <summary>It is a member that is about to leave.</summary>
    Leaving,
}
