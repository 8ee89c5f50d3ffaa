namespace ClusterActors.Actors.Configuration;

/// <summary>How an allocation is answered: <c>compat.allocationReply</c> (PROTOCOL.md section 5).</summary>
public enum AllocationReply
{
    /// <summary><c>action=1000&amp;ip=1.2.3.4&amp;port=7070&amp;...</c></summary>
    Parameters,

    /// <summary><c>{ip:'1.2.3.4',port:7070}</c>, for old clients.</summary>
    CshBBrain,
}
