using Akka.Actor;

namespace ClusterActors.Actors;

/// <summary>A node leaves because its store is broken.</summary>
/// <param name="why">In words.</param>
public sealed class StoreBrokenReason(string why) : CoordinatedShutdown.Reason
{
    /// <summary>What is broken, in words.</summary>
    public string Why { get; } = why;

    /// <inheritdoc/>
    public override int ExitCode => 4;
}
