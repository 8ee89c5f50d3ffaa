using ClusterActors.Store.Log;

namespace ClusterActors.Store.Entries;

/// <summary>What a key has.</summary>
/// <param name="Version">The record that put it there.</param>
/// <param name="Expiry">When it ends, in milliseconds since 1970 (UTC); 0 when it does not. It is there until a record removes it.</param>
/// <param name="Value">The value.</param>
public sealed record Entry(LogPoint Version, long Expiry, ReadOnlyMemory<byte> Value);
