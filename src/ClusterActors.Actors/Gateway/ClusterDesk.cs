using System.Buffers;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>Answers a connection's questions which Akka.Cluster lives (PROTOCOL.md section 4.7), and hands on what they tell.</summary>
internal sealed class ClusterDesk(RequestContext context)
{
    // A question comes once a second. What comes faster is answered, and is no news.
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(500);

    private long? _toldAt;

    /// <summary>Writes the answer, which is at hand.</summary>
    public void Answer(ClusterQuery query, LinkId link, IBufferWriter<byte> output)
    {
        if (!context.IsClusterPort)
        {
            output.WriteMessage(Reply.Failed(FailureCode.NotAuthorized, "this is asked on the cluster port of a server") with { Seq = query.Seq });
            return;
        }

        output.WriteMessage((context.Cluster?.Current ?? ClusterAnswer.None).ToReply(query.Seq));
        if (query.Known.Count == 0 || (_toldAt is { } at && context.Time.GetElapsedTime(at) < Spacing))
            return;
        _toldAt = context.Time.GetTimestamp();
        context.Gateway.Tell(new GatewayEvents.ClusterTold(link, query.Known), Akka.Actor.ActorRefs.NoSender);
    }
}
