using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>One rule that is broken on purpose, by other rules or by a node that does not do what it is told.</summary>
internal sealed record Bend
{
    public static readonly Bend None = new() { Name = "nothing" };

    public required string Name { get; init; }

    public AuthorityRules Rules { get; init; } = AuthorityRules.Standard;

    /// <summary>What is written survives a crash only if it was written a while ago.</summary>
    public bool NoSync { get; init; }

    /// <summary>The worker goes on before its fence is on disk.</summary>
    public bool AnswersBeforeWriting { get; init; }

    public bool LostFenceIsZero { get; init; }

    public bool NoSilence { get; init; }

    public bool ActsOnVotes { get; init; }

    /// <summary>The send time of a renewal is read after it was sent.</summary>
    public bool SentAtReadLate { get; init; }

    public bool RestoresHolding { get; init; }

    public bool RenewsAfterLapse { get; init; }

    /// <summary>A holder that a worker calls stale does nothing about it.</summary>
    public bool IgnoresStaleWorkers { get; init; }

    public bool OwnLeases { get; init; }

    public override string ToString() => Name;
}
