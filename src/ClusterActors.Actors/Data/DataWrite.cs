using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Data;

/// <summary>A write that is handed to the store.</summary>
/// <param name="Kind">Put or remove.</param>
/// <param name="Key">1-1,024 bytes of UTF-8.</param>
/// <param name="Value">Up to 1 MiB; empty for a remove.</param>
/// <param name="Condition">What must be there.</param>
/// <param name="Lifetime">
/// How long the entry lives from the moment the write gets its sequence, 1 s to 10 years; <see langword="null"/>: until it is removed.
/// </param>
public sealed record DataWrite(
    DataWriteKind Kind, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value, EntryCondition Condition, TimeSpan? Lifetime);
