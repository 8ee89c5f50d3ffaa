namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A voter's answer to a <see cref="VoterRequest"/>.</summary>
/// <param name="From">The voter.</param>
/// <param name="Set">The voters that it goes by.</param>
/// <param name="Run">Echoed: the run that asked.</param>
/// <param name="Seq">Echoed.</param>
/// <param name="Epoch">Echoed.</param>
/// <param name="Refusal">Why not; <see cref="VoterRefusal.None"/> is a yes.</param>
/// <param name="Promised">The highest epoch it promised.</param>
/// <param name="Incarnation">Which incarnation of the voter says so.</param>
/// <param name="Table">The incarnations it knows.</param>
internal sealed record VoterReply(
    ManagerRun From, VoterSetId Set, string Run, long Seq, long Epoch, VoterRefusal Refusal, long Promised, string Incarnation, IncarnationTable Table)
    : AuthorityMessage(From, Set)
{
    /// <summary>Whether it is a yes.</summary>
    public bool Granted => Refusal == VoterRefusal.None;
}
