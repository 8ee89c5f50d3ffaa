using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>What a link to a server is told to do.</summary>
public static class LinkCommands
{
    /// <summary>
    /// Send a command to the server at the far end. Its reply comes as <see cref="Manager.ManagerEvents.CommandAnswered"/>; no reply comes
    /// when the link ends before. One is under way at a time: the next one gives up the wait for the one before.
    /// </summary>
    /// <param name="Request">Without <c>seq</c> the next reply is its answer, as from an existing CshBBrain server.</param>
    public sealed record Send(CommandRequest Request) : INoSerializationVerificationNeeded;

    /// <summary>Send a message about authority. It may get lost.</summary>
    /// <param name="Message">It.</param>
    internal sealed record Notify(AuthorityMessage Message) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>Tell the far end who this node is, and how it stands.</summary>
    /// <param name="Standing">What to tell.</param>
    internal sealed record Introduce(VoterStanding Standing) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>Tell the far end who holds management authority, or is about to: action 6.</summary>
    /// <param name="Holder">Cluster address of that server.</param>
    /// <param name="Epoch">The epoch at which that is true.</param>
    internal sealed record Announce(string Holder, long Epoch) : INoSerializationVerificationNeeded, IDeadLetterSuppression;
}
