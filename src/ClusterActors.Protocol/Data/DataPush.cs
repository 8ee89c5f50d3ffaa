namespace ClusterActors.Protocol.Data;

/// <summary>What a watcher is told (PROTOCOL.md section 8), as a client reads it.</summary>
/// <param name="Kind">What happened to the entry.</param>
/// <param name="Key">Its key.</param>
/// <param name="Version">Version of the change.</param>
/// <param name="Value">Its new value; empty when there is none any more.</param>
public sealed record DataPush(DataChangeKind Kind, string Key, EntryVersion Version, ReadOnlyMemory<byte> Value);
