using Akka.Actor;
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
}
