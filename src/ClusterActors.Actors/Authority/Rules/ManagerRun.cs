namespace ClusterActors.Actors.Authority.Rules;

/// <summary>One run of a manager: who stands, holds and commands. The same node after a restart is another one.</summary>
/// <param name="Node">Its node id.</param>
/// <param name="Run">Random id of this start.</param>
internal readonly record struct ManagerRun(string Node, string Run);
