using Akka.Actor;

namespace ClusterActors.Actors;

/// <summary>What the actor of a listening port tells its parent.</summary>
public static class PortEvents
{
    /// <summary>The port is open.</summary>
    /// <param name="Port">The port; the one the system chose where any was asked for.</param>
    public sealed record Opened(int Port) : INoSerializationVerificationNeeded;

    /// <summary>The port cannot be opened.</summary>
    /// <param name="Reason">Which and why, in words.</param>
    public sealed record Failed(string Reason) : INoSerializationVerificationNeeded;
}
