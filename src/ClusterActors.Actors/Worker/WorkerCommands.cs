using Akka.Actor;

namespace ClusterActors.Actors.Worker;

/// <summary>What the worker can be told to do.</summary>
public static class WorkerCommands
{
    /// <summary>Close every business port; the connections go on. Answered with <see cref="WorkerEvents.PortsClosed"/>.</summary>
    public sealed record ClosePorts : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static ClosePorts Instance { get; } = new();
    }

    /// <summary>
    /// End the worker threads once they have done what they have. Answered with <see cref="WorkerEvents.ThreadsEnded"/>, also
    /// when a handler does not return in time: its thread is left behind.
    /// </summary>
    /// <param name="Patience">How long to wait.</param>
    public sealed record EndThreads(TimeSpan Patience) : INoSerializationVerificationNeeded;
}
