namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Why a voter says no.</summary>
internal enum VoterRefusal
{
    /// <summary>It says yes.</summary>
    None,

    /// <summary>The others do not know its incarnation: its ballot is new or was lost.</summary>
    NotAdmitted,

    /// <summary>It does not know yet what it granted before it started.</summary>
    Silent,

    /// <summary>It promised this epoch or a higher one already.</summary>
    Promised,

    /// <summary>A lease that it granted to another one has not expired.</summary>
    Leased,

    /// <summary>It belongs to another set of voters of the same version.</summary>
    OtherVoters,
}
