using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>What became of a command at the part of the node that executed it.</summary>
internal abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="Before">The old value, as the reply tells it.</param>
    /// <param name="After">The new one.</param>
    internal sealed record Done(string Before, string After) : CommandOutcome
    {
        /// <summary>What else the reply tells.</summary>
        public IReadOnlyList<Parameter> Values { get; init; } = [];

        /// <summary>What is to be kept over a restart, where that is configured; <see langword="null"/> for what is never kept.</summary>
        public WorkerChanges? Change { get; init; }
    }

    /// <summary>It is not done, and nothing has changed.</summary>
    /// <param name="Code">One of <see cref="FailureCode"/>.</param>
    /// <param name="Reason">Why, and what would be right, in words.</param>
    internal sealed record Refused(string Code, string Reason) : CommandOutcome;
}
