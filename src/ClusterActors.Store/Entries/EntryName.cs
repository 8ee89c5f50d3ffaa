using ClusterActors.Store.Log;

namespace ClusterActors.Store.Entries;

/// <summary>A key that is there, without its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Version">The record that put it there.</param>
/// <param name="Expiry">When it ends, in milliseconds since 1970 (UTC); 0 when it does not.</param>
public sealed record EntryName(ReadOnlyMemory<byte> Key, LogPoint Version, long Expiry);
