namespace ClusterActors.Actors.Data;

/// <summary>Keys that were listed.</summary>
/// <param name="Refusal">Why nothing was listed.</param>
/// <param name="Keys">The keys, in the order of their bytes.</param>
/// <param name="More">Whether there are further keys behind the last one.</param>
public sealed record DataListing(DataRefusal? Refusal, IReadOnlyList<ReadOnlyMemory<byte>> Keys, bool More);
