using System.Globalization;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Every constant of the authority, derived from the lease L. All are counted on the clock of the node that uses them.</summary>
internal sealed record AuthoritySettings
{
    /// <summary>The shortest lease: below it the vote timeout would no longer fit into it.</summary>
    public static readonly TimeSpan MinLease = TimeSpan.FromSeconds(2);

    /// <summary>The longest lease: takeover takes at least that long.</summary>
    public static readonly TimeSpan MaxLease = TimeSpan.FromMinutes(5);

    /// <summary>How often the target of a handover asks for votes, at most.</summary>
    public const int TransferTries = 5;

    /// <summary>Messages that wait at most while a voter or a fence writes; more are dropped, as the network may drop them.</summary>
    public const int MaxWaiting = 64;

    /// <summary>By how much force-authority raises the epoch at least.</summary>
    public const int ForcedEpochs = 1000;

    private const double ValidityShare = 0.6;
    private const double VoteTimeoutShare = 0.16;
    private const double VoteLeaseFactor = 1.5;
    private const int RenewalsPerLease = 10;
    private static readonly TimeSpan MinVoteTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>L: how long a voter that acknowledged a renewal votes for nobody else.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>
    /// f: how long after sending a renewal its holder may act on it. 0.6 L is at most (1 - d) / (1 + d) of L for clocks that run up to
    /// d = 25 % wrong.
    /// </summary>
    public required TimeSpan Validity { get; init; }

    /// <summary>How often the holder renews, and how often what was not answered is asked again.</summary>
    public required TimeSpan RenewEvery { get; init; }

    /// <summary>VT: how long a candidate waits for pre-votes, and then for votes.</summary>
    public required TimeSpan VoteTimeout { get; init; }

    /// <summary>V: how long a vote binds the voter to the candidate; shorter than L.</summary>
    public required TimeSpan VoteLease { get; init; }

    /// <summary>How much later each rank stands than the one before it; half of it is the most that chance adds.</summary>
    public required TimeSpan Stagger { get; init; }

    /// <summary>How long a winner may take until a majority has acknowledged a renewal.</summary>
    public TimeSpan FirstRenewalWithin => VoteTimeout * 2;

    /// <summary>How long a holder that released waits for its successor before it stands again.</summary>
    public TimeSpan SuccessorWithin => VoteTimeout * 2 + VoteLease;

    /// <summary>The constants for a lease.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter than 2 s or longer than 5 min.</exception>
    public static AuthoritySettings Of(TimeSpan lease)
    {
        if (lease < MinLease || lease > MaxLease)
        {
            throw new ArgumentOutOfRangeException(nameof(lease), string.Create(
                CultureInfo.InvariantCulture,
                $"authority.lease is {lease.TotalSeconds} s; it must be from {MinLease.TotalSeconds} s to {MaxLease.TotalSeconds} s"));
        }

        var voteTimeout = TimeSpan.FromTicks(Math.Max(MinVoteTimeout.Ticks, (long)(lease.Ticks * VoteTimeoutShare)));
        return new AuthoritySettings
        {
            Lease = lease,
            Validity = lease * ValidityShare,
            RenewEvery = lease / RenewalsPerLease,
            VoteTimeout = voteTimeout,
            VoteLease = voteTimeout * VoteLeaseFactor,
            Stagger = voteTimeout,
        };
    }
}
