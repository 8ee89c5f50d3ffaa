namespace ClusterActors.Store.Entries;

/// <summary>What the entries of a range of keys come to. Two stores that applied the same records have the same.</summary>
/// <param name="Through">The last key of the range; <see langword="null"/> when it goes to the end of all keys.</param>
/// <param name="Count">How many entries.</param>
/// <param name="Hash">XXH128 over keys, versions, expiries and values.</param>
public sealed record RangeHash(ReadOnlyMemory<byte>? Through, long Count, UInt128 Hash);
