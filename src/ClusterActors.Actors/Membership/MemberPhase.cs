namespace ClusterActors.Actors.Membership;

/// <summary>How far a member has come, of the many states that Akka.Cluster knows.</summary>
internal enum MemberPhase
{
    /// <summary>Known to some members; not yet to all.</summary>
    Joining,

    /// <summary>A full member.</summary>
    Up,

    /// <summary>It says goodbye and will be removed.</summary>
    Leaving,

    /// <summary>It has been put out and will be removed.</summary>
    PutOut,
}
