using Akka.Actor;
using Akka.Event;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors;

/// <summary>What a link to a manager and the executor of commands tell each other.</summary>
public static class CommandEvents
{
    /// <summary>A manager has sent a command; the link that tells it gets <see cref="Answered"/>, once.</summary>
    /// <param name="Request">The command.</param>
    /// <param name="Manager">Address of the manager, for the log.</param>
    /// <param name="IsCshBBrain">Whether the manager is an existing CshBBrain server, which knows nothing of epochs.</param>
    public sealed record Received(CommandRequest Request, string Manager, bool IsCshBBrain = false) : INoSerializationVerificationNeeded;

    /// <summary>A command has its answer. A link that has ended meanwhile misses it: the manager may ask again with the same <c>seq</c>.</summary>
    /// <param name="Reply">The answer, with the <c>seq</c> of the command.</param>
    /// <param name="Request">What is answered, the same object as in <see cref="Received"/>.</param>
    public sealed record Answered(Reply Reply, CommandRequest Request) : INoSerializationVerificationNeeded, IDeadLetterSuppression;
}
