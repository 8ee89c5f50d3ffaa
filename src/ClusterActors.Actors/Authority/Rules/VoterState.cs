using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A voter: its ballot, and what it forgets when it stops.</summary>
internal sealed record VoterState
{
    /// <summary>What is on disk, or on its way there while there is a <see cref="Pending"/>.</summary>
    public required Ballot Ballot { get; init; }

    /// <summary>Until then it votes for nobody but <see cref="LeaseHolder"/>.</summary>
    public required TimeSpan LeaseUntil { get; init; }

    /// <summary>Whom it is bound to; null since its start.</summary>
    public ManagerRun? LeaseHolder { get; init; }

    /// <summary>Until then it votes for nobody at all.</summary>
    public required TimeSpan SilentUntil { get; init; }

    /// <summary>The ballot is being written. A voter does one thing at a time.</summary>
    public PendingWrite? Pending { get; init; }

    /// <summary>What came while the ballot is being written, in order.</summary>
    public ImmutableList<AuthorityInput> Waiting { get; init; } = [];

    /// <summary>The other voters that said that they persisted this incarnation at first contact.</summary>
    public ImmutableArray<string> ConfirmedBy { get; init; } = [];

    /// <summary>Another voter knows an older incarnation of this one.</summary>
    public bool NeedsReadmission { get; init; }

    /// <summary>When it asks next to be confirmed or readmitted, while it is not admitted.</summary>
    public required TimeSpan NextAskAt { get; init; }

    /// <summary>The readmission that is under way.</summary>
    public Readmission? Readmission { get; init; }
}
