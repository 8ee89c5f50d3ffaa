using Akka.Actor;
using ClusterActors.Protocol.Messages;

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

    /// <summary>Execute a command of a manager. Answered with <see cref="WorkerEvents.Executed"/>.</summary>
    /// <param name="Run">Number of this execution; the answer carries it.</param>
    /// <param name="Command">What to do.</param>
    internal sealed record Execute(long Run, ServerCommand Command) : INoSerializationVerificationNeeded;

    /// <summary>Tell the sender whenever a command has changed the worker: <see cref="WorkerEvents.Changed"/>.</summary>
    public sealed record Subscribe : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Subscribe Instance { get; } = new();
    }
}
