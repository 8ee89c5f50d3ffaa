using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Configuration;
using ClusterActors.Protocol.Messages;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>What is said about authority on one link, in both directions (PROTOCOL.md section 4.5).</summary>
/// <param name="authority">Hears what comes; null where this node takes no part.</param>
/// <param name="connection">The link's connection.</param>
/// <param name="accepted">Whether the far end dialed.</param>
internal sealed class AuthorityTalk(IActorRef? authority, Connection connection, bool accepted)
{
    // A far end that does not read gets no more: each of these is said again.
    private const int MostPending = 64 * 1024;

    private const int StandingAction = 69;

    // Our own replies to it, and those of others, are told apart from answers to commands by it.
    private const string NewsSeq = "authority";

    /// <summary>Writes what is to be said.</summary>
    /// <param name="message">What the link's actor was told.</param>
    /// <param name="isCshBBrain">Whether the far end is an existing CshBBrain server: it gets action 6 and nothing else.</param>
    /// <returns>Whether it was about authority; also when it was not written because the far end does not read.</returns>
    public bool TrySend(object message, bool isCshBBrain)
    {
        Message? said = message switch
        {
            LinkCommands.Notify notify => AuthorityWriting.Write(notify.Message),
            LinkCommands.Introduce introduce => AuthorityWriting.Write(introduce.Standing),
            LinkCommands.Announce announce => Move(announce, isCshBBrain),
            _ => null,
        };
        if (said is null)
            return message is LinkCommands.Announce;
        if ((isCshBBrain && said is AuthorityNote) || connection.IsClosing || connection.PendingOutput >= MostPending)
            return true;
        connection.Output.WriteMessage(said);
        return true;
    }

    /// <summary>Hands on what came.</summary>
    /// <returns>Whether it was about authority.</returns>
    public bool TryTake(Message message, IActorRef link)
    {
        switch (message)
        {
            case AuthorityNote note when authority is not null:
                Take(note, link);
                return true;
            case AuthorityMove { Node: null } move when authority is not null:
                authority.Tell(new AuthorityEvents.Moved(new HostAndPort(move.Ip!, move.Port!.Value).ToString(), move.Epoch!.Value), link);
                connection.Output.WriteMessage(Reply.Done() with { Seq = move.Seq });
                return true;
            case Reply { Seq: NewsSeq }:
                return true;
            default:
                return false;
        }
    }

    private static AuthorityMove? Move(LinkCommands.Announce announce, bool isCshBBrain) => HostAndPort.TryParse(announce.Holder, out var address)
        ? new AuthorityMove { Seq = isCshBBrain ? null : NewsSeq, Ip = address.Host, Port = address.Port, Epoch = announce.Epoch }
        : null;

    private void Take(AuthorityNote note, IActorRef link)
    {
        string? reason;
        if (note.Action == StandingAction)
        {
            if (AuthorityReading.ReadStanding(note, out reason) is { } standing)
                authority!.Tell(new AuthorityEvents.StandingCame(link, accepted, standing), link);
        }
        else if (AuthorityReading.Read(note, out reason) is { } message)
        {
            authority!.Tell(new AuthorityEvents.MessageCame(link, message), link);
        }

        if (reason is not null)
            connection.Output.WriteMessage(Reply.Failed(FailureCode.BadRequest, reason) with { Seq = note.Seq });
    }
}
