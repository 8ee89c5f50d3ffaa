namespace ClusterActors.Actors.Authority.Rules;

/// <summary>
/// The rules on which everything rests, by name. Nothing configures them: they are virtual so that a test can bend one and show
/// that the fleet then has two in command, or none.
/// </summary>
internal class AuthorityRules
{
    /// <summary>The rules as they are meant.</summary>
    public static readonly AuthorityRules Standard = new();

    /// <summary>The constants for a lease.</summary>
    public virtual AuthoritySettings Settings(TimeSpan lease) => AuthoritySettings.Of(lease);

    /// <summary>
    /// Whether a release lets a voter overlook its lease. Exactly the epoch it promised: after a later one was promised, the lease
    /// may belong to a later holder.
    /// </summary>
    public virtual bool IsReleased(long? released, long promised) => released == promised;

    /// <summary>
    /// Whether a voter says yes in a pre-vote in spite of its lease, for the reasons for which it would in a vote. Without that a
    /// holder could not raise its own epoch.
    /// </summary>
    /// <param name="exempt">Whether it would in a vote.</param>
    public virtual bool PreVoteInSpiteOfLease(bool exempt) => exempt;

    /// <summary>Whether a voter acknowledges a renewal. For whom it voted does not count: only the winner of a majority renews.</summary>
    public virtual bool AcceptsRenewal(Ballot ballot, VoterRequest.Renew renewal) => renewal.Epoch >= ballot.Promised;

    /// <summary>How long a vote binds. It never shortens a lease that somebody may still act on.</summary>
    /// <param name="until">Until when the voter is bound already.</param>
    /// <param name="voteEnds">End of the vote lease.</param>
    /// <param name="handedOver">Whether the one it was bound to has released and is not the candidate.</param>
    public virtual TimeSpan LeaseAfterVote(TimeSpan until, TimeSpan voteEnds, bool handedOver) =>
        handedOver || voteEnds > until ? voteEnds : until;

    /// <summary>Whether a voter with this ballot may vote and acknowledge.</summary>
    public virtual bool MayAnswer(Ballot ballot) => ballot.Admitted;

    /// <summary>Whether an answer counts: a voter whose ballot was lost since it answered has forgotten the answer.</summary>
    /// <param name="known">The newest table seen.</param>
    /// <param name="voter">Who answered.</param>
    /// <param name="incarnation">Which incarnation of it.</param>
    public virtual bool Counts(IncarnationTable known, string voter, string incarnation) => known.Find(voter)?.Id == incarnation;

    /// <summary>
    /// Whether what another voter knows confirms this incarnation. Number 1 only: a higher one was written by a readmission, and if
    /// that was interrupted the epochs that the others promised did not get onto this disk.
    /// </summary>
    public virtual bool IsFirstContact(Incarnation known, string own) => known == new Incarnation(1, own);

    /// <summary>What a readmitted voter promises to begin with: the highest that a majority without it promised.</summary>
    public virtual long PromisedWhenReadmitted(long highest) => highest;

    /// <summary>Where the fence stands after a request of a newer epoch. A take raises it too, not only a command.</summary>
    public virtual Fence Raise(Fence? fence, WorkerRequest request) => new(request.Epoch, request.From);
}
