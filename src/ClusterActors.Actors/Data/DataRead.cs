namespace ClusterActors.Actors.Data;

/// <summary>What a read found.</summary>
/// <param name="Refusal">Why nothing was read.</param>
/// <param name="Entry">The entry, when there is one.</param>
public readonly record struct DataRead(DataRefusal? Refusal, DataEntry? Entry);
