using Akka.Actor;

namespace ClusterActors.Actors.Worker;

/// <summary>What the worker hears of, and what it tells.</summary>
public static class WorkerEvents
{
    /// <summary>A client presented the lease of its allocation when it connected.</summary>
    /// <param name="Lease">The token.</param>
    public sealed record LeaseClaimed(string Lease) : INoSerializationVerificationNeeded;

    /// <summary>No business port is open any more.</summary>
    public sealed record PortsClosed : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static PortsClosed Instance { get; } = new();
    }

    /// <summary>No worker thread takes messages any more.</summary>
    public sealed record ThreadsEnded : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static ThreadsEnded Instance { get; } = new();
    }
}
