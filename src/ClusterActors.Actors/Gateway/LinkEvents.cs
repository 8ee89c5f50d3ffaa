using Akka.Actor;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>What the gateway's own actors tell each other about links to managers.</summary>
internal static class LinkEvents
{
    /// <summary>A dialed link is open: its handshake is done.</summary>
    /// <param name="Link">The connection's actor.</param>
    /// <param name="IsCshBBrain">Whether the manager is an existing CshBBrain server.</param>
    public sealed record Opened(IActorRef Link, bool IsCshBBrain) : INoSerializationVerificationNeeded;

    /// <summary>A dialed link is over, or never opened.</summary>
    /// <param name="Link">The connection's actor.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Unanswered">The far end accepted the connection but did not answer the handshake.</param>
    public sealed record Ended(IActorRef Link, string Reason, bool Unanswered) : INoSerializationVerificationNeeded;

    /// <summary>Sends a report on a dialed link.</summary>
    /// <param name="Report">What to send.</param>
    public sealed record SendReport(ServerReport Report) : INoSerializationVerificationNeeded;
}
