using Akka.Actor;

namespace ClusterActors.Actors.Worker;

/// <summary>What the worker can be told to do.</summary>
public static class WorkerCommands
{
    /// <summary>Close every business port; the connections go on.</summary>
    public sealed record ClosePorts : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static ClosePorts Instance { get; } = new();
    }
}
