using Akka.Actor;

namespace ClusterActors.Actors;

/// <summary>What the actor of a listening port can be told to do.</summary>
public static class PortCommands
{
    /// <summary>Close the port. Answered to the parent with <see cref="PortEvents.Closed"/>.</summary>
    /// <param name="DrainAfter">
    /// How long the connections it accepted may stay, having been told at once; <see langword="null"/>: as long as they like.
    /// </param>
    public sealed record Close(TimeSpan? DrainAfter) : INoSerializationVerificationNeeded;
}
