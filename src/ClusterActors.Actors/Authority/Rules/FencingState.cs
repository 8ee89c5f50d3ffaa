using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A worker's fence, and how it is found again when it was lost.</summary>
internal sealed record FencingState
{
    /// <summary>What is on disk, or on its way there while there is a <see cref="Pending"/>; null when it was lost.</summary>
    public Fence? Fence { get; init; }

    /// <summary>The fence is being written. A worker judges one request at a time.</summary>
    public PendingWrite? Pending { get; init; }

    /// <summary>What came while the fence is being written, in order.</summary>
    public ImmutableList<WorkerRequest> Waiting { get; init; } = [];

    /// <summary>When the voters are asked next, while the fence is lost.</summary>
    public TimeSpan NextAskAt { get; init; }

    /// <summary>The first seq of the questions of this loss; answers to earlier ones do not count.</summary>
    public long AskedSince { get; init; }

    /// <summary>What the voters said, one answer for each.</summary>
    public ImmutableArray<VoterReply> Told { get; init; } = [];
}
