using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>What is to be done after a decision of the <see cref="CommandDesk"/>.</summary>
internal abstract record CommandEffect
{
    private CommandEffect()
    {
    }

    /// <summary>Begin a command.</summary>
    /// <param name="Run">Number of the execution.</param>
    /// <param name="Request">What to do, and by whose order.</param>
    internal sealed record Begin(long Run, CommandRequest Request) : CommandEffect;

    /// <summary>Answer a call.</summary>
    /// <param name="Call">Which.</param>
    /// <param name="Reply">The answer, with the <c>seq</c> of the call.</param>
    /// <param name="Repeated">Whether the command was not executed for this call, but for an earlier one.</param>
    internal sealed record Answer(CommandCall Call, Reply Reply, bool Repeated = false) : CommandEffect;

    /// <summary>A command that was answered <c>timeout</c> has come to its end after all.</summary>
    /// <param name="Call">Who had sent it.</param>
    /// <param name="Reply">What the answer would have been.</param>
    internal sealed record Late(CommandCall Call, Reply Reply) : CommandEffect;
}
