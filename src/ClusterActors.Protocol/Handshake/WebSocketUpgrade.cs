namespace ClusterActors.Protocol.Handshake;

/// <summary>A browser's request to open a WebSocket, checked as RFC 6455 section 4.2.1 says (PROTOCOL.md section 7).</summary>
/// <param name="Path">Path of the request target as it was sent, without the query.</param>
/// <param name="Host">The <c>Host</c> header: the address the client believes it talks to.</param>
/// <param name="Key">The <c>Sec-WebSocket-Key</c>, answered by <see cref="WebSocketWriter.WriteAccept"/>.</param>
/// <param name="Lease">Query parameter <c>lease</c>: the allocation the client claims, since a browser cannot set headers.</param>
/// <param name="Origin">The <c>Origin</c> header, when there is one: the page that opens the connection.</param>
public sealed record WebSocketUpgrade(string Path, string Host, string Key, string? Lease, string? Origin)
{
    /// <summary>Most bytes a request head may take unless configured otherwise: browsers send cookies along.</summary>
    public const int DefaultMaxBytes = 8192;
}
