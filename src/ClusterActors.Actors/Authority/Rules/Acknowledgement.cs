namespace ClusterActors.Actors.Authority.Rules;

/// <summary>The newest renewal that a voter acknowledged.</summary>
/// <param name="Voter">Its node id.</param>
/// <param name="Incarnation">Which incarnation of it.</param>
/// <param name="SentAt">When that renewal was sent.</param>
internal readonly record struct Acknowledgement(string Voter, string Incarnation, TimeSpan SentAt);
