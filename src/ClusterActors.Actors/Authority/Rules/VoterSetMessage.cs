namespace ClusterActors.Actors.Authority.Rules;

/// <summary>How a newer set of voters gets around.</summary>
/// <param name="From">Who says it.</param>
/// <param name="Set">The voters that it goes by.</param>
internal abstract record VoterSetMessage(ManagerRun From, VoterSetId Set) : AuthorityMessage(From, Set)
{
    /// <summary>You go by a newer set than I: tell me who is in it.</summary>
    /// <param name="From">Who asks.</param>
    /// <param name="Set">The older set.</param>
    public sealed record Ask(ManagerRun From, VoterSetId Set) : VoterSetMessage(From, Set);

    /// <summary>The set I go by.</summary>
    /// <param name="From">Who tells.</param>
    /// <param name="Voters">The set.</param>
    public sealed record Told(ManagerRun From, VoterSet Voters) : VoterSetMessage(From, Voters.Id);
}
