using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Data;

/// <summary>A committed entry.</summary>
/// <param name="Value">Its value; nobody changes it any more.</param>
/// <param name="Version">Which write made it.</param>
public sealed record DataEntry(ReadOnlyMemory<byte> Value, EntryVersion Version);
