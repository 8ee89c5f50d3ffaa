using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;

namespace ClusterActors.Transport.Connections;

/// <summary>What a connection tells its actor, besides the bytes that arrive.</summary>
public static class ConnectionEvents
{
    /// <summary>The connection is over; nothing can be sent any more.</summary>
    /// <param name="End">Why.</param>
    /// <param name="Error">What the system said, where it was the system that ended it.</param>
    public sealed record Disconnected(ConnectionEnd End, SocketError Error) : INoSerializationVerificationNeeded;

    /// <summary>The time set with <see cref="Connection.SetDeadline"/> has come.</summary>
    public sealed record DeadlinePassed : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        /// <summary>The only one.</summary>
        public static DeadlinePassed Instance { get; } = new();
    }

    /// <summary>Nothing has arrived for the time set with <see cref="Connection.SetIdleLimit"/>.</summary>
    public sealed record WentIdle : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        /// <summary>The only one.</summary>
        public static WentIdle Instance { get; } = new();
    }

    /// <summary>What <see cref="Connection.TellWhenOutputIsLow"/> asked for: most of the waiting output has left.</summary>
    public sealed record OutputRanLow : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        /// <summary>The only one.</summary>
        public static OutputRanLow Instance { get; } = new();
    }
}
