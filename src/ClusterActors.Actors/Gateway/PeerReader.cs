using System.Buffers;
using ClusterActors.Protocol;
using ClusterActors.Protocol.Handshake;

namespace ClusterActors.Actors.Gateway;

/// <summary>Reads how an accepted connection opens: the handshake of PROTOCOL.md section 1 or, on business ports, HTTP (section 7).</summary>
internal static class PeerReader
{
    /// <summary>Reads the opening from the first bytes of a connection.</summary>
    /// <param name="bytes">All that has arrived.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="takesHttp">Whether WebSocket clients are served here.</param>
    /// <param name="refusal">Receives the answer when the opening is bad.</param>
    /// <param name="peer">Who opened, when done.</param>
    /// <param name="consumed">Bytes of the opening, when done.</param>
    /// <param name="reason">What is wrong with the opening when it is bad, in words.</param>
    public static ReadStatus TryRead(
        ReadOnlySpan<byte> bytes,
        GatewaySettings settings,
        bool takesHttp,
        IBufferWriter<byte> refusal,
        out Peer? peer,
        out int consumed,
        out string? reason)
    {
        peer = null;
        consumed = 0;
        reason = null;
        var opening = takesHttp ? OpeningDetector.Detect(bytes) : Opening.CshBBrain;
        if (opening == Opening.NeedMore)
            return ReadStatus.NeedMore;
        return opening == Opening.Http
            ? ReadUpgrade(bytes, settings, refusal, ref peer, ref consumed, ref reason)
            : ReadHandshake(bytes, settings, refusal, ref peer, ref consumed, ref reason);
    }

    private static ReadStatus ReadHandshake(
        ReadOnlySpan<byte> bytes, GatewaySettings settings, IBufferWriter<byte> refusal, ref Peer? peer, ref int consumed, ref string? reason)
    {
        var status = HandshakeRequestReader.TryRead(bytes, settings.MaxHandshakeBytes, out var request, out consumed, out reason);
        if (status == ReadStatus.Done)
            peer = new Peer.Raw(request!);
        else if (status == ReadStatus.Violation)
            HandshakeWriter.WriteRefusal(refusal, reason!);
        return status;
    }

    private static ReadStatus ReadUpgrade(
        ReadOnlySpan<byte> bytes, GatewaySettings settings, IBufferWriter<byte> refusal, ref Peer? peer, ref int consumed, ref string? reason)
    {
        var status = WebSocketUpgradeReader.TryRead(bytes, settings.MaxHttpHeadBytes, out var upgrade, out consumed, out var http);
        if (status == ReadStatus.Done)
            peer = new Peer.Web(upgrade!);
        else if (status == ReadStatus.Violation)
            WebSocketWriter.WriteRefusal(refusal, http!);
        reason = http?.Text;
        return status;
    }
}
