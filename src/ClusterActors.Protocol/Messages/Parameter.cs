namespace ClusterActors.Protocol.Messages;

/// <summary>One <c>name=value</c> of a reply or a note, decoded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public readonly record struct Parameter(string Name, string Value);
