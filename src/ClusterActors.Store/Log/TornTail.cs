namespace ClusterActors.Store.Log;

/// <summary>What a crash left behind the last whole record, and what was cut: nothing of it was ever acknowledged.</summary>
/// <param name="FilePath">The file.</param>
/// <param name="Offset">First byte that was cut.</param>
/// <param name="Length">Bytes that were cut.</param>
/// <param name="Reason">What was wrong with them, in words.</param>
public sealed record TornTail(string FilePath, long Offset, long Length, string Reason);
