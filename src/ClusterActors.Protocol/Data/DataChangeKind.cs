namespace ClusterActors.Protocol.Data;

/// <summary>What happened to an entry that is watched (PROTOCOL.md section 8, parameter <c>event</c>).</summary>
public enum DataChangeKind
{
    /// <summary>It was written.</summary>
    Put,

    /// <summary>It was removed by a client.</summary>
    Remove,

    /// <summary>Its time was over.</summary>
    Expire,
}
