namespace ClusterActors.Store.Entries;

/// <summary>A part of a snapshot.</summary>
/// <param name="Records">A put record for each entry, with its own version, one behind the other in the order of the keys.</param>
/// <param name="Count">How many they are; 0 when there is nothing left.</param>
/// <param name="LastKey">The last key: the next chunk is read after it.</param>
public sealed record EntryChunk(ReadOnlyMemory<byte> Records, int Count, ReadOnlyMemory<byte> LastKey);
