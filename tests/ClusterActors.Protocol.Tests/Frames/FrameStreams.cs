using ClusterActors.Protocol.Frames;

namespace ClusterActors.Protocol.Tests.Frames;

/// <summary>Good traffic with what a reader must make of it.</summary>
internal static class FrameStreams
{
    public static readonly (string Name, byte[] Stream, string[] Events)[] All =
    [
        // RFC 6455 section 5.7
        ("a text", Bytes.Hex("81 05 48 65 6c 6c 6f"), ["text Hello"]),
        ("a masked text", Bytes.Hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"), ["text Hello"]),
        ("a text in fragments", Bytes.Hex("01 03 48 65 6c 80 02 6c 6f"), ["text Hello"]),
        ("a ping and its masked pong", Bytes.Hex("89 05 48 65 6c 6c 6f 8a 85 37 fa 21 3d 7f 9f 4d 51 58"), ["ping 48656C6C6F", "pong 48656C6C6F"]),
        ("the close of the requirements", Bytes.Hex("88 00"), ["close 1005 "]),
        ("a close with code and words", Bytes.Hex("88 05 03 e8 62 79 65"), ["close 1000 bye"]),
        ("a masked close", Bytes.Hex("88 82 01 02 03 04 02 ea"), ["close 1000 "]),
        ("what follows a close is discarded", Bytes.Hex("88 00 81 01 41 ff ff ff"), ["close 1005 "]),
        ("an empty text", Bytes.Hex("81 00"), ["text "]),
        ("an empty masked binary", Bytes.Hex("82 80 01 02 03 04"), ["binary "]),
        ("control frames between fragments", Bytes.Hex("01 01 41 89 01 01 00 01 42 8a 00 80 01 43"), ["ping 01", "pong ", "text ABC"]),
        ("empty fragments", Bytes.Hex("02 00 00 00 80 00 81 00"), ["binary ", "text "]),
        ("a character cut between masked fragments", Bytes.Join(Masked(Opcode.Text, [0xe5, 0xad], false), Masked(Opcode.Continuation, [0x97])), ["text 字"]),
        ("a close inside a fragmented message", Bytes.Hex("01 01 41 88 00"), ["close 1005 "]),
        ("two fragmented messages", Bytes.Hex("01 01 41 80 01 42 02 01 43 80 01 44"), ["text AB", "binary 4344"]),
        ("125 bytes, the most of 7 bits", Plain(125), [Filled(125)]),
        ("126 bytes, the least of 16 bits", Plain(126), [Filled(126)]),
        ("127 bytes, masked", Masked(Opcode.Text, Letters(127)), [Filled(127)]),
        ("many messages in one read", Bytes.Join([.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? Plain(i) : Masked(Opcode.Text, Letters(i)))]),
            [.. Enumerable.Range(0, 20).Select(Filled)]),
    ];

    /// <summary>Too long to be cut at every byte.</summary>
    public static readonly (string Name, byte[] Stream, string[] Events)[] Long =
    [
        ("65,535 bytes, the most of 16 bits", Plain(65535), [Filled(65535)]),
        ("65,536 bytes, the least of 64 bits", Plain(65536), [Filled(65536)]),
        ("65,536 bytes, masked", Masked(Opcode.Text, Letters(65536)), [Filled(65536)]),
        ("large fragments with a ping between", Bytes.Join(
            Masked(Opcode.Text, Letters(70000), false), Bytes.Hex("89 00"), Masked(Opcode.Continuation, Letters(300))), ["ping ", Filled(70000) + Filled(300)[5..]]),
    ];

    public static byte[] Letters(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)('a' + (i % 26)))];

    private static string Filled(int count) => "text " + System.Text.Encoding.ASCII.GetString(Letters(count));

    private static byte[] Plain(int count) => Bytes.Written(w => FrameWriter.Write(w, Opcode.Text, Letters(count)));

    private static byte[] Masked(Opcode opcode, byte[] payload, bool fin = true) =>
        Bytes.Written(w => FrameWriter.WriteMasked(w, opcode, payload, 0x3d21fa37, fin));
}
