namespace ClusterActors.Client;

/// <summary>The fleet did not do what was asked. The message is a sentence for the person who asked.</summary>
/// <param name="message">What happened, where, and what would help.</param>
public abstract class FleetException(string message) : Exception(message);
