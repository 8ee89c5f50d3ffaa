namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What a node starts with.</summary>
internal sealed record AuthorityStart
{
    /// <summary>This node, in a run whose id was never used before.</summary>
    public required ManagerRun Self { get; init; }

    /// <summary>The configured voters; a newer set on disk goes before them.</summary>
    public required VoterSet Voters { get; init; }

    /// <summary>Its place among the managers that stand by themselves, from 0; null for a witness, a worker and a manager that is no voter.</summary>
    public int? Rank { get; init; }

    /// <summary>Whether it has a fence.</summary>
    public bool IsWorker { get; init; }

    /// <summary>The ballot on disk; null when it is missing or unreadable. Looked at on every node: a newer set may have made it a voter.</summary>
    public Ballot? Ballot { get; init; }

    /// <summary>Whether there is a ballot on disk that cannot be read, so that what it promised is not known.</summary>
    public bool BallotDamaged { get; init; }

    /// <summary>The fence on disk; null when it is missing or unreadable.</summary>
    public Fence? Fence { get; init; }

    /// <summary>Random id for a ballot that has to begin anew.</summary>
    public required string FreshIncarnation { get; init; }

    /// <summary>Where chance comes from.</summary>
    public required RandomStream Random { get; init; }

    /// <summary>The rules.</summary>
    public AuthorityRules Rules { get; init; } = AuthorityRules.Standard;
}
