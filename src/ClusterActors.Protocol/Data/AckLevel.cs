namespace ClusterActors.Protocol.Data;

/// <summary>Where a write was durable when it was answered (PROTOCOL.md section 8, parameter <c>acks</c>).</summary>
public enum AckLevel
{
    /// <summary>On the disk of the worker that owns the data.</summary>
    Local,

    /// <summary>There, and on the disk of one backup.</summary>
    One,

    /// <summary>There, and on the disks of all backups.</summary>
    All,
}
