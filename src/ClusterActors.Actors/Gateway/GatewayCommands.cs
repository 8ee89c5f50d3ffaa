using Akka.Actor;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>What the gateway can be told to do.</summary>
public static class GatewayCommands
{
    /// <summary>Send a report to every manager that is linked.</summary>
    /// <param name="Report">What to report.</param>
    public sealed record SendReport(ServerReport Report) : INoSerializationVerificationNeeded;

    /// <summary>Close every port this gateway owns, and leave: managers are told goodbye.</summary>
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
    /// <param name="Links">Links to other servers, dialed and accepted.</param>
    /// <param name="ReaderWriters">Reader-writer loops.</param>
    public sealed record Status(int Links, int ReaderWriters) : INoSerializationVerificationNeeded;
}
