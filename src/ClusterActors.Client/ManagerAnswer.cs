using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>A reply and who gave it.</summary>
/// <param name="Manager">The manager.</param>
/// <param name="Reply">Its reply; one in the form of existing CshBBrain servers is put into ours.</param>
/// <param name="IsCshBBrain">Whether the reply came in that form.</param>
internal sealed record ManagerAnswer(ServerAddress Manager, Reply Reply, bool IsCshBBrain);
