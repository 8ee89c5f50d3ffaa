namespace ClusterActors.Client;

/// <summary>Why one manager was of no use to a request.</summary>
/// <param name="Manager">The manager.</param>
/// <param name="Reason">What it did, in words that follow its address: "refuses connections".</param>
public readonly record struct ManagerAttempt(ServerAddress Manager, string Reason);
