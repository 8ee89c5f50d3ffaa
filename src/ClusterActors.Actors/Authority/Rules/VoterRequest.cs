namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What a voter is asked. It answers each with one <see cref="VoterReply"/>, or not at all.</summary>
/// <param name="From">Candidate, holder or worker that asks.</param>
/// <param name="Set">The voters that it goes by.</param>
/// <param name="Seq">Never used twice in a run.</param>
/// <param name="Epoch">The epoch it is about.</param>
internal abstract record VoterRequest(ManagerRun From, VoterSetId Set, long Seq, long Epoch) : AuthorityMessage(From, Set)
{
    /// <summary>Would you vote for me? Changes nothing.</summary>
    /// <param name="From">The candidate.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="Seq">Never used twice in a run.</param>
    /// <param name="Epoch">The epoch it would stand at.</param>
    /// <param name="Released">The epoch that its holder released to the candidate; null without one.</param>
    public sealed record PreVote(ManagerRun From, VoterSetId Set, long Seq, long Epoch, long? Released) : VoterRequest(From, Set, Seq, Epoch);

    /// <summary>Vote for me.</summary>
    /// <param name="From">The candidate.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="Seq">Never used twice in a run.</param>
    /// <param name="Epoch">The epoch it stands at.</param>
    /// <param name="Released">The epoch that its holder released to the candidate; null without one.</param>
    public sealed record Vote(ManagerRun From, VoterSetId Set, long Seq, long Epoch, long? Released) : VoterRequest(From, Set, Seq, Epoch);

    /// <summary>I hold the epoch: vote for nobody else for one lease.</summary>
    /// <param name="From">The holder.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="Seq">Never used twice in a run.</param>
    /// <param name="Epoch">The epoch it holds.</param>
    public sealed record Renew(ManagerRun From, VoterSetId Set, long Seq, long Epoch) : VoterRequest(From, Set, Seq, Epoch);

    /// <summary>My fence is lost: what is the highest epoch you promised?</summary>
    /// <param name="From">The worker.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="Seq">Never used twice in a run.</param>
    public sealed record TellPromised(ManagerRun From, VoterSetId Set, long Seq) : VoterRequest(From, Set, Seq, 0);
}
