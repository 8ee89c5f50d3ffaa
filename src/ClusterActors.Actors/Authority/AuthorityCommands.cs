using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Authority;

/// <summary>What the authority of a node can be told to do.</summary>
internal static class AuthorityCommands
{
    /// <summary>The cluster port is open: take part. Whoever tells it gets <see cref="AuthorityEvents.Dial"/>.</summary>
    /// <param name="Name">This node's name among the voters and for everyone else: its cluster address.</param>
    /// <param name="Voters">The names of the voters.</param>
    /// <param name="Rank">Its place among the managers that vote, from 0; null when it is none of them.</param>
    public sealed record Open(string Name, ImmutableArray<string> Voters, int? Rank) : INoSerializationVerificationNeeded;

    /// <summary>
    /// Send a command to a worker if this node may command it at this moment. Otherwise the sender gets
    /// <see cref="Manager.ManagerEvents.CommandAnswered"/> with the reason.
    /// </summary>
    /// <param name="Link">The link that the worker reports on.</param>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">What the worker is: an existing CshBBrain server knows nothing of epochs.</param>
    /// <param name="Request">The command.</param>
    public sealed record Order(IActorRef Link, LinkId Id, PeerKind Kind, CommandRequest Request) : INoSerializationVerificationNeeded;

    /// <summary>This node is about to stop: hand over if it holds authority, and stand no more. Answered with <see cref="AuthorityEvents.Left"/>.</summary>
    public sealed record Leave : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Leave Instance { get; } = new();
    }
}
