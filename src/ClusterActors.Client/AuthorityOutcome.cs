namespace ClusterActors.Client;

/// <summary>What an order about management authority came to (PROTOCOL.md section 4.6). What the server left out is <see langword="null"/>.</summary>
/// <param name="Node">Node id of the holder; of a readmitted voter its own.</param>
/// <param name="Address">Its cluster port.</param>
/// <param name="Epoch">The epoch at which it holds authority; after a readmission the one the voter promised.</param>
/// <param name="Took">How long it took.</param>
public sealed record AuthorityOutcome(string? Node, ServerAddress? Address, long? Epoch, TimeSpan? Took);
