using Akka.Actor;

namespace ClusterActors.Actors.Worker;

/// <summary>What connections tell the worker.</summary>
public static class WorkerEvents
{
    /// <summary>A client presented the lease of its allocation when it connected.</summary>
    /// <param name="Lease">The token.</param>
    public sealed record LeaseClaimed(string Lease) : INoSerializationVerificationNeeded;
}
