using System.Globalization;
using Akka.Actor;
using ClusterActors.Actors.Configuration;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>The questions on one dialed link which Akka.Cluster lives (PROTOCOL.md section 4.7). The newest is the one that counts.</summary>
internal sealed class ClusterQuestions
{
    private const string SeqPrefix = "cluster-";

    private long _asked;
    private string? _open;
    private IActorRef _asker = ActorRefs.Nobody;
    private HostAndPort _manager;

    /// <summary>The event of a manager that knows of no cluster.</summary>
    public static GatewayEvents.ClusterAnswered Unknown(HostAndPort manager) => new(manager, [], Forming: false);

    /// <summary>The question to send.</summary>
    public ClusterQuery Ask(LinkEvents.AskCluster ask)
    {
        _asker = ask.Asker;
        _manager = ask.Manager;
        _open = string.Create(CultureInfo.InvariantCulture, $"{SeqPrefix}{_asked++}");
        return new ClusterQuery(ask.Known) { Seq = _open };
    }

    /// <summary>Takes a reply if it is one to a question; one that is late, or cannot be read, tells nobody anything.</summary>
    public bool TryAnswer(Reply reply)
    {
        if (reply.Seq?.StartsWith(SeqPrefix, StringComparison.Ordinal) != true)
            return false;
        if (reply.Seq != _open)
            return true;
        _open = null;
        if (reply.Code == FailureCode.UnknownAction)
            _asker.Tell(Unknown(_manager));
        else if (ClusterAnswer.TryRead(reply, out var answer, out _))
            _asker.Tell(new GatewayEvents.ClusterAnswered(_manager, answer!.Members, answer.Forming));
        return true;
    }
}
