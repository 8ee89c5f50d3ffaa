using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>An epoch that this run won, has not released and has not let lapse. Never kept on disk, never restored.</summary>
internal sealed record Holding
{
    /// <summary>The epoch.</summary>
    public required long Epoch { get; init; }

    /// <summary>When it was won. Winning alone gives no right to act.</summary>
    public required TimeSpan WonAt { get; init; }

    /// <summary>When the next renewal goes out.</summary>
    public required TimeSpan NextRenewalAt { get; init; }

    /// <summary>Until when it may act; null until a majority has acknowledged a renewal.</summary>
    public TimeSpan? ValidUntil { get; init; }

    /// <summary>The renewals whose acknowledgements still matter.</summary>
    public ImmutableArray<Renewal> Renewals { get; init; } = [];

    /// <summary>The newest acknowledged renewal of each voter.</summary>
    public ImmutableArray<Acknowledgement> Acknowledged { get; init; } = [];

    /// <summary>The workers that acknowledged the take of this epoch.</summary>
    public ImmutableSortedSet<string> Taken { get; init; } = AuthorityState.NoNames;

    /// <summary>Whether it may act. Ask right before sending, in the step that sends.</summary>
    public bool MayAct(TimeSpan now) => now < ValidUntil;

    /// <summary>When it lapses if nothing more is acknowledged.</summary>
    public TimeSpan LapsesAt(AuthoritySettings settings) => ValidUntil ?? WonAt + settings.FirstRenewalWithin;
}
