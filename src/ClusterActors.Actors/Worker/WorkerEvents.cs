using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Worker.Commands;

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

    /// <summary>A command has been executed or refused.</summary>
    /// <param name="Run">Number of the execution.</param>
    /// <param name="Outcome">What became of it.</param>
    internal sealed record Executed(long Run, CommandOutcome Outcome) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>The worker is another one than before: more or fewer threads, reader-writers or ports, or draining.</summary>
    public sealed record Changed : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Changed Instance { get; } = new();
    }
}
