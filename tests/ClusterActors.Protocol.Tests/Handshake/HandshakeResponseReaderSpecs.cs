using ClusterActors.Protocol.Handshake;

namespace ClusterActors.Protocol.Tests.Handshake;

public class HandshakeResponseReaderSpecs
{
    private static readonly HandshakeRequest Sent = new("192.168.12.112:9292", HandshakeVectors.Key, "Clusters");

    private static (ReadStatus Status, HandshakeResponse? Response, int Consumed, string? Reason) Read(byte[] input, HandshakeRequest? sent = null)
    {
        var status = HandshakeResponseReader.TryRead(input, sent ?? Sent, HandshakeRequest.DefaultMaxBytes, out var response, out var consumed, out var reason);
        return (status, response, consumed, reason);
    }

    [Theory]
    [InlineData(HandshakeVectors.Response, "192.168.12.112:9292")]
    [InlineData(HandshakeVectors.ResponseWithoutHost, null)]
    public void Both_forms_of_the_requirements_are_read(string text, string? host)
    {
        var (status, response, consumed, reason) = Read(Bytes.Of(text));

        Assert.True(status == ReadStatus.Done, reason);
        Assert.Equal((new HandshakeResponse(host, "Clusters", false), text.Length), (response!, consumed));
    }

    [Theory]
    [InlineData(HandshakeVectors.Response)]
    [InlineData(HandshakeVectors.ResponseWithoutHost)]
    public void Each_prefix_needs_more_until_the_protocol_name_is_complete(string text)
    {
        var bytes = Bytes.Join(Bytes.Of(text), Bytes.Hex("81 00"));
        var name = text.Length - 2;
        for (var length = 0; length < name; length++)
            Assert.Equal(ReadStatus.NeedMore, Read(bytes[..length]).Status);
        for (var length = name; length <= bytes.Length; length++)
            Assert.Equal((ReadStatus.Done, Math.Min(length, text.Length)), (Read(bytes[..length]).Status, Read(bytes[..length]).Consumed));
    }

    [Theory]
    [InlineData("Clusters", "clusters", true)] // their echo is lower case
    [InlineData("Protocol", "protocol", true)]
    [InlineData("Protocol", "Protocol", false)] // ours is as received
    [InlineData("clusters", "clusters", false)] // nothing to see: it was sent like that
    [InlineData("Clusters", "CLUSTERS", false)]
    public void An_echo_in_lower_case_shows_a_CshBBrain_manager(string sent, string echo, bool isCshBBrain)
    {
        var text = HandshakeVectors.Response.Replace("Protocol:Clusters", "Protocol:" + echo, StringComparison.Ordinal);
        Assert.Equal(isCshBBrain, Read(Bytes.Of(text), Sent with { Protocol = sent }).Response!.IsCshBBrain);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "CshBBrain\r\nError:no Key; give 24 characters\r\n", "refused by the far end: no Key; give 24 characters" },
        { "CshBBrain\nerror: 服务器满了\n", "refused by the far end: 服务器满了" },                                   // any script, LF, other case
        { "HTTP/1.1 400 Bad Request\r\n", "the first line is 'HTTP/1.1 400 Bad Request'; it must be CshBBrain" },
        { "CshBBrain\r\nAccept:AAAAGLZrb9fS3Rj8WzExJdCsedg=\r\n", "does not answer the key that was sent" },         // another key
        { "CshBBrain\r\nAccept:bEVeGLZrb9fS3Rj8WzExJdCsedg\r\n", "does not answer the key that was sent" },          // one character short
        { "CshBBrain\r\nAccept:\r\n", "does not answer the key that was sent" },
        { "CshBBrain\r\nProtocol:Clusters\r\n", "there is no Accept line" },
        { "CshBBrain\r\nAccept:bEVeGLZrb9fS3Rj8WzExJdCsedg=\r\nProtocol:Protocol\r\n", "Protocol 'Protocol' is not known; it must be Clusters" },
        { "CshBBrain\r\nHost:a\r\nHost:b\r\n", "Host comes twice" },
        { "CshBBrain\r\n" + "X:" + new string('x', 1024), "the handshake response takes more than 1024 bytes" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Each_is_refused_in_words(string text, string expected)
    {
        var (status, response, consumed, reason) = Read(Bytes.Of(text));

        Assert.Equal((ReadStatus.Violation, null, 0), (status, response, consumed));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_far_ends_words_cannot_break_out_of_their_line() =>
        Assert.Contains("control character", Read(Bytes.Of("CshBBrain\r\nError:a\u001b[2J\r\n")).Reason, StringComparison.Ordinal);
}
