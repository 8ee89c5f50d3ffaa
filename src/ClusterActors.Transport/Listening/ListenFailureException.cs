namespace ClusterActors.Transport.Listening;

/// <summary>A port cannot be listened on.</summary>
/// <param name="message">What cannot be opened and why, in words.</param>
/// <param name="inner">What the system said.</param>
public sealed class ListenFailureException(string message, Exception inner) : Exception(message, inner);
