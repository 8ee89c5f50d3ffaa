using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>The rules, each bent by itself.</summary>
internal static class BentRules
{
    public sealed class LongValidity(double share) : AuthorityRules
    {
        public override AuthoritySettings Settings(TimeSpan lease) => base.Settings(lease) with { Validity = lease * share };
    }

    public sealed class AnyOlderRelease : AuthorityRules
    {
        public override bool IsReleased(long? released, long promised) => released <= promised;
    }

    public sealed class RenewalOnlyFromTheOneVotedFor : AuthorityRules
    {
        public override bool AcceptsRenewal(Ballot ballot, VoterRequest.Renew renewal) =>
            renewal.Epoch > ballot.Promised || (renewal.Epoch == ballot.Promised && ballot.VotedFor == renewal.From);
    }

    public sealed class PreVoteWithoutExemptions : AuthorityRules
    {
        public override bool PreVoteInSpiteOfLease(bool exempt) => false;
    }

    public sealed class VoteShortensLease : AuthorityRules
    {
        public override TimeSpan LeaseAfterVote(TimeSpan until, TimeSpan voteEnds, bool handedOver) => voteEnds;
    }

    public sealed class TakeDoesNotRaise : AuthorityRules
    {
        public override Fence Raise(Fence? fence, WorkerRequest request) =>
            request is WorkerRequest.Take ? fence! : base.Raise(fence, request);
    }

    public sealed class HalfReadmissionConfirms : AuthorityRules
    {
        public override bool IsFirstContact(Incarnation known, string own) => known.Id == own;
    }

    public sealed class ReadmittedAtZero : AuthorityRules
    {
        public override long PromisedWhenReadmitted(long highest) => 0;
    }

    /// <summary>A voter without its ballot goes on answering, and its answers count.</summary>
    public sealed class WipedVoterCounts : AuthorityRules
    {
        public override bool MayAnswer(Ballot ballot) => true;

        public override bool Counts(IncarnationTable known, string voter, string incarnation) => true;
    }
}
