using System.Collections.Immutable;
using Akka.Actor;

namespace ClusterActors.Actors.Worker;

/// <summary>What can be asked of the worker.</summary>
public static class WorkerQueries
{
    /// <summary>How the worker is; answered with <see cref="Status"/>. The leases in the answer are told once only. At the start the answer waits for the ports.</summary>
    public sealed record Describe : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Describe Instance { get; } = new();
    }

    /// <summary>How the worker is.</summary>
    /// <param name="ClientCount">Clients connected.</param>
    /// <param name="MaxClientCount">Clients it takes at most.</param>
    /// <param name="WorkerCount">Worker threads that take clients.</param>
    /// <param name="QueueLength">Batches of messages that wait for a worker thread or are being handled.</param>
    /// <param name="Ports">Open business ports, in the order they were opened.</param>
    /// <param name="Leases">Leases that clients presented since the last answer.</param>
    /// <param name="Draining">Whether it is being drained, or takes no writes.</param>
    public sealed record Status(
        int ClientCount,
        int MaxClientCount,
        int WorkerCount,
        int QueueLength,
        ImmutableArray<int> Ports,
        ImmutableArray<string> Leases,
        bool Draining = false) : INoSerializationVerificationNeeded;
}
