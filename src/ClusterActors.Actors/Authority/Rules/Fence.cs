namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What a worker keeps on disk: the newest epoch it accepted. It is durable before the worker acknowledges or executes.</summary>
/// <param name="Epoch">Nothing older is accepted.</param>
/// <param name="Holder">Whose epoch it is; null when the epoch is known from the voters only.</param>
internal sealed record Fence(long Epoch, ManagerRun? Holder);
