namespace ClusterActors.Actors.Authority.Rules;

/// <summary>The holder released an epoch for ever: the receiver is to be elected now, without waiting for the lease.</summary>
/// <param name="From">The holder until now.</param>
/// <param name="Set">The voters that it goes by.</param>
/// <param name="Epoch">The released epoch.</param>
internal sealed record Transfer(ManagerRun From, VoterSetId Set, long Epoch) : AuthorityMessage(From, Set);
