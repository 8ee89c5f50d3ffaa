namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What a voter keeps on disk. It is durable before any reply that depends on it leaves.</summary>
internal sealed record Ballot
{
    /// <summary>The highest epoch voted at or acknowledged; no vote is ever cast at it or below it again.</summary>
    public required long Promised { get; init; }

    /// <summary>Who got the vote, or renewed, at <see cref="Promised"/>; null when it came from somewhere else. For people to read.</summary>
    public ManagerRun? VotedFor { get; init; }

    /// <summary>Id of this incarnation.</summary>
    public required string Incarnation { get; init; }

    /// <summary>The incarnations of all voters, its own among them. Written at first contact and by readmit, by nothing else.</summary>
    public required IncarnationTable Table { get; init; }

    /// <summary>The set of voters it belongs to.</summary>
    public required VoterSet Voters { get; init; }

    /// <summary>The longest L it ever granted; how long it is silent after a start.</summary>
    public required TimeSpan LongestLease { get; init; }

    /// <summary>Whether it may vote and acknowledge: every other voter knows this incarnation, or enough of them readmitted it.</summary>
    public bool Admitted { get; init; }

    /// <summary>Whether nobody but this node votes. What it promised, nobody else can have been promised anything against.</summary>
    public bool IsOfOneVoter => Voters.Voters.Length == 1;

    /// <summary>
    /// The ballot among other voters. Only one of a single voter may be moved by a restart: there is no majority without it that
    /// could go on by the old set.
    /// </summary>
    public Ballot MovedTo(string node, VoterSet voters) => this with
    {
        Voters = voters,
        Table = IncarnationTable.Empty.With(node, new Incarnation(1, Incarnation)),
        LongestLease = voters.Lease > LongestLease ? voters.Lease : LongestLease,
        Admitted = Admitted && voters.Voters.Length == 1,
    };

    /// <summary>The first ballot of an incarnation. The only voter of a set has nobody to be known to.</summary>
    public static Ballot Fresh(string node, string incarnation, VoterSet voters) => new()
    {
        Promised = 0,
        Incarnation = incarnation,
        Table = IncarnationTable.Empty.With(node, new Incarnation(1, incarnation)),
        Voters = voters,
        LongestLease = voters.Lease,
        Admitted = voters.Voters.Length == 1,
    };
}
