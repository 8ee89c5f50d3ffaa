using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Configuration;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>What the gateway's own actors tell each other about links to managers.</summary>
internal static class LinkEvents
{
    /// <summary>The actor of a dialed connection runs; <see cref="Ended"/> follows some day.</summary>
    /// <param name="Link">The connection's actor.</param>
    public sealed record Started(IActorRef Link) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>A dialed link is open: its handshake is done.</summary>
    /// <param name="Link">The connection's actor.</param>
    /// <param name="IsCshBBrain">Whether the manager is an existing CshBBrain server.</param>
    public sealed record Opened(IActorRef Link, bool IsCshBBrain) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>A dialed link is over, or never opened.</summary>
    /// <param name="Link">The connection's actor.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Handshake">How far the handshake came.</param>
    public sealed record Ended(IActorRef Link, string Reason, HandshakeEnd Handshake) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>Sends a report on a dialed link.</summary>
    /// <param name="Report">What to send.</param>
    public sealed record SendReport(ServerReport Report) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>The far end has become a manager: it is reported to from now on.</summary>
    public sealed record Reports : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Reports Instance { get; } = new();
    }

    /// <summary>Asks the manager at the far end which Akka.Cluster lives: action 70.</summary>
    /// <param name="Manager">Its address.</param>
    /// <param name="Known">What to tell it.</param>
    /// <param name="Asker">Hears <see cref="GatewayEvents.ClusterAnswered"/>.</param>
    public sealed record AskCluster(HostAndPort Manager, IReadOnlyList<string> Known, IActorRef Asker) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>Dial no more, say goodbye to the manager, and stop once that is done.</summary>
    public sealed record Leave : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        /// <summary>The only one.</summary>
        public static Leave Instance { get; } = new();
    }
}
