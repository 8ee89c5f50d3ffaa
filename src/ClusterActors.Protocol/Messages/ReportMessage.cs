namespace ClusterActors.Protocol.Messages;

/// <summary>A worker reports to a manager: action 1 (PROTOCOL.md section 4).</summary>
/// <param name="Report">What it reports.</param>
public sealed record ReportMessage(ServerReport Report) : Message;
