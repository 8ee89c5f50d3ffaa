namespace ClusterActors.Protocol.Messages;

/// <summary>Someone asks a manager which servers there are: action 9 (PROTOCOL.md section 4). Answered by <see cref="ViewReply"/>.</summary>
public sealed record ViewRequest : Message;
