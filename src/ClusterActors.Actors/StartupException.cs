namespace ClusterActors.Actors;

/// <summary>A node cannot start because of something outside it, such as a port that is in use.</summary>
/// <param name="message">What and why, in words.</param>
public sealed class StartupException(string message) : Exception(message);
