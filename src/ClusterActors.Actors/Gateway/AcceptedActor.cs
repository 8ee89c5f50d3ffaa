using Akka.Event;
using ClusterActors.Protocol;
using ClusterActors.Protocol.Handshake;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>A connection that somebody opened to one of our ports: reads the opening, keeps to the limit, answers or refuses.</summary>
/// <param name="connection">The connection.</param>
/// <param name="settings">Limits and times.</param>
/// <param name="places">How many may be open at once.</param>
/// <param name="takesHttp">Whether WebSocket clients are served here too (PROTOCOL.md section 7).</param>
internal abstract class AcceptedActor(Connection connection, GatewaySettings settings, Budget places, bool takesHttp)
    : FramedActor(connection, settings)
{
    private bool _counted;
    private bool _isHttp;

    protected ILoggingAdapter Log { get; } = Context.GetLogger();

    protected override void PostStop()
    {
        if (_counted)
            places.Release();
        base.PostStop();
    }

    /// <summary>The opening is good and a place is taken; called before the answer is written.</summary>
    protected abstract void OnAccepted(Peer peer);

    protected override int OnOpening(ReadOnlySpan<byte> bytes)
    {
        _isHttp = takesHttp && OpeningDetector.Detect(bytes) == Opening.Http;
        var status = PeerReader.TryRead(bytes, Settings, takesHttp, Connection.Output, out var peer, out var consumed, out var reason);
        if (status == ReadStatus.NeedMore)
            return 0;
        if (status == ReadStatus.Done)
            Answer(peer!);
        else
            Refuse(reason!);
        return consumed;
    }

    protected override void OnOpeningRefused(bool late, string reason)
    {
        if (!_isHttp)
            HandshakeWriter.WriteRefusal(Connection.Output, reason);
        else if (late)
            WebSocketWriter.WriteRefusal(Connection.Output, new HttpRefusal(408, "Request Timeout", reason));
        else
            WebSocketWriter.WriteRefusal(Connection.Output, new HttpRefusal(503, "Service Unavailable", reason));
    }

    private void Answer(Peer peer)
    {
        _counted = places.TryTake();
        if (!_counted)
        {
            peer.WriteFull(Connection.Output, $"this server is full: {places.Limit} connections are open; ask a manager for another one or come back later");
            Refuse($"all {places.Limit} places are taken");
            return;
        }

        OnAccepted(peer);
        peer.WriteAccept(Connection.Output);
        BeginFrames(peer.Rules(Settings.MaxMessageBytes));
    }

    private void Refuse(string reason)
    {
        Log.Info("Refused a connection from {Remote} to port {Port}: {Reason}", Connection.Remote, Connection.LocalPort, reason);
        Refused(reason);
    }
}
