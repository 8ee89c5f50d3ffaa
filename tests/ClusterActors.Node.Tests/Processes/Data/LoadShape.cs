namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>How clients load a store.</summary>
public sealed record LoadShape
{
    /// <summary>Connections.</summary>
    public int Clients { get; init; } = 6;

    /// <summary>Keys of each client's own.</summary>
    public int OwnKeys { get; init; } = 60;

    /// <summary>Keys that every client counts up, each conditional on the version it has seen.</summary>
    public int Counters { get; init; } = 3;

    /// <summary>Most requests that a client sends on its own keys before it waits for all their answers.</summary>
    public int Burst { get; init; } = 8;

    /// <summary>Lengths of values; each is as likely as any other.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = [40, 100, 100, 100, 300, 300, 1_000, 4_000, 20_000];
}
