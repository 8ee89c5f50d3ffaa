using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Authority;

/// <summary>What happens around the authority of a node: from the gateway to it, and from it to others.</summary>
internal static class AuthorityEvents
{
    /// <summary>A link that this node dialed is open.</summary>
    /// <param name="Link">The connection's actor.</param>
    /// <param name="Name">Under which name its far end was dialed.</param>
    public sealed record LinkOpened(IActorRef Link, string Name) : INoSerializationVerificationNeeded;

    /// <summary>A server told of itself.</summary>
    /// <param name="Link">On which link.</param>
    /// <param name="Accepted">Whether the far end dialed it.</param>
    /// <param name="Standing">What it told.</param>
    public sealed record StandingCame(IActorRef Link, bool Accepted, VoterStanding Standing) : INoSerializationVerificationNeeded;

    /// <summary>A message about authority came.</summary>
    /// <param name="Link">On which link.</param>
    /// <param name="Message">It.</param>
    public sealed record MessageCame(IActorRef Link, AuthorityMessage Message) : INoSerializationVerificationNeeded;

    /// <summary>A manager told that authority moves (action 6, PROTOCOL.md section 4.5).</summary>
    /// <param name="Holder">Cluster address of the server that holds it, or is about to.</param>
    /// <param name="Epoch">The epoch at which that was true.</param>
    public sealed record Moved(string Holder, long Epoch) : INoSerializationVerificationNeeded;

    /// <summary>To the gateway: a server is to be linked from now on.</summary>
    /// <param name="Name">Its cluster address; the name of this very node when it became a manager.</param>
    /// <param name="Reports">Whether it is a manager that is reported to.</param>
    public sealed record Dial(string Name, bool Reports) : INoSerializationVerificationNeeded;

    /// <summary>To the manager: who holds authority has changed. The servers that cannot hear of it otherwise are to be told.</summary>
    /// <param name="Holder">Cluster address of the holder.</param>
    /// <param name="Epoch">Its epoch.</param>
    /// <param name="IsSelf">Whether it is this node.</param>
    public sealed record HolderChanged(string Holder, long Epoch, bool IsSelf) : INoSerializationVerificationNeeded;

    /// <summary>Authority is handed over, or was not held, or nobody took it in time.</summary>
    public sealed record Left : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Left Instance { get; } = new();
    }
}
