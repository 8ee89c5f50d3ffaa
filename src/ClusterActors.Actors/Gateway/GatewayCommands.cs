using Akka.Actor;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>What the gateway can be told to do.</summary>
public static class GatewayCommands
{
    /// <summary>Send a report to every manager that is linked.</summary>
    /// <param name="Report">What to report.</param>
    public sealed record SendReport(ServerReport Report) : INoSerializationVerificationNeeded;

    /// <summary>Tell the sender of every manager that is linked, now and from now on: <see cref="GatewayEvents.ManagerLinked"/>.</summary>
    public sealed record Subscribe : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Subscribe Instance { get; } = new();
    }

    /// <summary>
    /// Ask every manager that is linked which Akka.Cluster lives (action 70, PROTOCOL.md section 4.7). Answered with
    /// <see cref="GatewayEvents.ClusterAsked"/>, and then with one <see cref="GatewayEvents.ClusterAnswered"/> per manager unless its link ends
    /// before; the sender also hears <see cref="GatewayEvents.ClusterTold"/> from now on.
    /// </summary>
    /// <param name="Known">What to tell them: living members of the cluster this node is in.</param>
    public sealed record AskCluster(IReadOnlyList<string> Known) : INoSerializationVerificationNeeded;

    /// <summary>
    /// Leave: managers are told goodbye, and then every port this gateway owns is closed. Answered with <see cref="GatewayEvents.Left"/>.
    /// </summary>
    public sealed record Leave : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Leave Instance { get; } = new();
    }

    /// <summary>How the gateway is; answered with <see cref="Status"/>.</summary>
    public sealed record Describe : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Describe Instance { get; } = new();
    }

    /// <summary>How the gateway is.</summary>
    /// <param name="Links">Links to others, dialed and accepted; the one of a server to itself does not count.</param>
    /// <param name="ReaderWriters">Reader-writer loops.</param>
    /// <param name="Acceptors">Accept loops of this gateway's own ports.</param>
    public sealed record Status(int Links, int ReaderWriters, int Acceptors) : INoSerializationVerificationNeeded;
}
