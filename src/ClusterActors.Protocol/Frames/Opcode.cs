using System.Diagnostics.CodeAnalysis;

namespace ClusterActors.Protocol.Frames;

/// <summary>What a frame is (PROTOCOL.md section 2, RFC 6455 section 5.2). All other values are reserved.</summary>
[SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "It is four bits of the first byte of a frame.")]
public enum Opcode : byte
{
    /// <summary>A later fragment of a text or binary message.</summary>
    Continuation = 0x0,

    /// <summary>A text message, UTF-8, or its first fragment.</summary>
    Text = 0x1,

    /// <summary>A binary message or its first fragment.</summary>
    Binary = 0x2,

    /// <summary>Asks the far end to close the connection.</summary>
    Close = 0x8,

    /// <summary>Asks for a <see cref="Pong"/> with the same payload.</summary>
    Ping = 0x9,

    /// <summary>The answer to a <see cref="Ping"/>, or a sign of life.</summary>
    Pong = 0xA,
}
