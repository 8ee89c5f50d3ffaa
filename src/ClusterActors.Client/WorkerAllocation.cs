using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>The worker a client was sent to: the answer to action 0 (PROTOCOL.md sections 4 and 5).</summary>
public sealed record WorkerAllocation
{
    /// <summary>The worker's business port.</summary>
    public required ServerAddress Worker { get; init; }

    /// <summary>The manager that allocated.</summary>
    public required ServerAddress Manager { get; init; }

    /// <summary>The worker's node id; <see langword="null"/> from an existing CshBBrain manager.</summary>
    public string? Node { get; init; }

    /// <summary>Token to present when connecting; <see langword="null"/> from an existing CshBBrain manager.</summary>
    public string? Lease { get; init; }

    /// <summary>How long the place is held; <see langword="null"/> when there is no <see cref="Lease"/>.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Epoch of the management authority under which it was allocated; <see langword="null"/> from a manager that does not tell.</summary>
    public long? Epoch { get; init; }

    /// <summary>Every worker and why it was or was not chosen; empty unless that was asked for.</summary>
    public IReadOnlyList<AllocationCandidate> Explanation { get; init; } = [];
}
