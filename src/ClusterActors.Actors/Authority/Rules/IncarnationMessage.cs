namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What voters say to each other so that each knows the incarnation of the others.</summary>
/// <param name="From">The voter that says it.</param>
/// <param name="Set">The voters that it goes by.</param>
internal abstract record IncarnationMessage(ManagerRun From, VoterSetId Set) : AuthorityMessage(From, Set)
{
    /// <summary>First contact: persist my incarnation and say so.</summary>
    /// <param name="From">The voter that is not admitted yet.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="Id">Its incarnation.</param>
    public sealed record Confirm(ManagerRun From, VoterSetId Set, string Id) : IncarnationMessage(From, Set);

    /// <summary>What stands in my table for you. It is a yes when it is this incarnation at number 1.</summary>
    /// <param name="From">The voter that was asked.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="Id">Echoed.</param>
    /// <param name="Known">The entry, persisted.</param>
    public sealed record Confirmed(ManagerRun From, VoterSetId Set, string Id, Incarnation Known) : IncarnationMessage(From, Set);

    /// <summary>The operator says that my ballot was lost: persist my new incarnation, and tell me what I must not undercut.</summary>
    /// <param name="From">The voter that is to be readmitted.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="New">Its incarnation; the number is above every one it has heard of.</param>
    public sealed record Readmit(ManagerRun From, VoterSetId Set, Incarnation New) : IncarnationMessage(From, Set);

    /// <summary>The answer to that, after persisting.</summary>
    /// <param name="From">An admitted voter.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="New">Echoed.</param>
    /// <param name="Known">The entry that stands in its table; another one than <paramref name="New"/> is a no.</param>
    /// <param name="Incarnation">Which incarnation of the answering voter says so.</param>
    /// <param name="Promised">The highest epoch it promised.</param>
    /// <param name="Table">The incarnations it knows.</param>
    /// <param name="LongestLease">The longest L it ever granted.</param>
    public sealed record Readmitted(
        ManagerRun From, VoterSetId Set, Incarnation New, Incarnation Known, string Incarnation, long Promised, IncarnationTable Table, TimeSpan LongestLease)
        : IncarnationMessage(From, Set);
}
