using Akka.Actor;

namespace ClusterActors.Actors.Backup;

/// <summary>What the owner of business data tells.</summary>
internal static class OriginEvents
{
    /// <summary>How the store is.</summary>
    /// <param name="Serves">Whether entries can be read.</param>
    /// <param name="Refusal">Why nothing is written; <see langword="null"/> while writes are taken.</param>
    public sealed record Standing(bool Serves, string? Refusal) : INoSerializationVerificationNeeded;
}
