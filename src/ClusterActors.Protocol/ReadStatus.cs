namespace ClusterActors.Protocol;

/// <summary>What a reader says about the bytes it was given. Readers answer; they never throw at hostile bytes.</summary>
public enum ReadStatus
{
    /// <summary>One whole item was read; the reader says how many bytes it took.</summary>
    Done,

    /// <summary>So far everything is right but the item is not complete: call again with the same bytes and more.</summary>
    NeedMore,

    /// <summary>The bytes break the protocol; the reader says how, in words meant for the far end. More bytes cannot mend it.</summary>
    Violation,
}
