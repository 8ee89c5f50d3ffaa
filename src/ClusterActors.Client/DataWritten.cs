using ClusterActors.Protocol.Data;

namespace ClusterActors.Client;

/// <summary>A write that was done.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Acks">Where it is durable; <see langword="null"/> when the worker says so in a word that is not known here.</param>
public readonly record struct DataWritten(EntryVersion Version, AckLevel? Acks);
