using System.Buffers;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;

namespace ClusterActors.Actors.Gateway;

/// <summary>The far end of an accepted connection, known from a good opening that is not answered yet.</summary>
internal abstract record Peer
{
    private const int RetryAfterSeconds = 5;

    /// <summary>The allocation a client claims, when it claims one.</summary>
    public abstract string? Lease { get; }

    /// <summary>Whether it is an existing CshBBrain server or client (PROTOCOL.md section 5).</summary>
    public virtual bool IsCshBBrain => false;

    /// <summary>What its frames must look like.</summary>
    public abstract FrameRules Rules(int maxMessageBytes);

    /// <summary>Writes the answer that opens the connection.</summary>
    public abstract void WriteAccept(IBufferWriter<byte> output);

    /// <summary>Writes a polite refusal: this server is full. The connection is closed after it.</summary>
    public abstract void WriteFull(IBufferWriter<byte> output, string reason);

    /// <summary>A peer that opened with the CshBBrain handshake (PROTOCOL.md section 1).</summary>
    public sealed record Raw(HandshakeRequest Request) : Peer
    {
        public override string? Lease => Request.Lease;

        public override bool IsCshBBrain => Request.IsCshBBrain;

        public override FrameRules Rules(int maxMessageBytes) => FrameRules.Link with { MaxMessageBytes = maxMessageBytes };

        public override void WriteAccept(IBufferWriter<byte> output) => HandshakeWriter.WriteResponse(output, Request);

        public override void WriteFull(IBufferWriter<byte> output, string reason) => HandshakeWriter.WriteRefusal(output, reason);
    }

    /// <summary>A WebSocket client (PROTOCOL.md section 7).</summary>
    public sealed record Web(WebSocketUpgrade Upgrade) : Peer
    {
        public override string? Lease => Upgrade.Lease;

        public override FrameRules Rules(int maxMessageBytes) => FrameRules.WebSocketServer with { MaxMessageBytes = maxMessageBytes };

        public override void WriteAccept(IBufferWriter<byte> output) => WebSocketWriter.WriteAccept(output, Upgrade);

        public override void WriteFull(IBufferWriter<byte> output, string reason) =>
            WebSocketWriter.WriteRefusal(output, HttpRefusal.ServerFull(RetryAfterSeconds));
    }
}
