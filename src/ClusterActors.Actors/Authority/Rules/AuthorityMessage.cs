namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What nodes say to each other about management authority (design, section 7).</summary>
/// <param name="From">The run of the node that says it.</param>
/// <param name="Set">The voters that it goes by.</param>
internal abstract record AuthorityMessage(ManagerRun From, VoterSetId Set);
