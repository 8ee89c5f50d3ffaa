using System.Buffers;
using ClusterActors.Protocol.Handshake;
using FsCheck.Xunit;

namespace ClusterActors.Protocol.Tests.Handshake;

public class HandshakeWriterSpecs
{
    private static readonly HandshakeRequest Example = new("192.168.12.112:9292", HandshakeVectors.Key, "Clusters");

    [Fact]
    public void A_request_is_written_as_in_the_requirements() =>
        Assert.Equal(HandshakeVectors.Request, Bytes.Text(w => HandshakeWriter.WriteRequest(w, Example)));

    [Fact]
    public void A_lease_stands_ahead_of_the_last_line() =>
        Assert.Equal(
            HandshakeVectors.Request.Replace("Protocol:", "Lease:abc\r\nProtocol:", StringComparison.Ordinal),
            Bytes.Text(w => HandshakeWriter.WriteRequest(w, Example with { Lease = "abc" })));

    [Fact]
    public void A_response_is_written_as_in_the_requirements() =>
        Assert.Equal(HandshakeVectors.Response, Bytes.Text(w => HandshakeWriter.WriteResponse(w, Example)));

    [Fact]
    public void Host_and_protocol_are_echoed_exactly_as_received() =>
        Assert.Equal(
            "CshBBrain\r\nHost:MyHost:1\r\nAccept:bEVeGLZrb9fS3Rj8WzExJdCsedg=\r\nProtocol:cLUSTERS\r\n",
            Bytes.Text(w => HandshakeWriter.WriteResponse(w, Example with { Host = "MyHost:1", Protocol = "cLUSTERS" })));

    [Fact]
    public void A_refusal_is_two_lines_whatever_its_words() =>
        Assert.Equal("CshBBrain\r\nError:no??Protocol:Clusters\r\n", Bytes.Text(w => HandshakeWriter.WriteRefusal(w, "no\r\nProtocol:Clusters")));

    [Fact]
    public void A_long_refusal_still_fits_what_a_dialer_reads()
    {
        var bytes = Bytes.Written(w => HandshakeWriter.WriteRefusal(w, new string('字', 5000)));

        var status = HandshakeResponseReader.TryRead(bytes, Example, 4096, out _, out _, out var reason);

        Assert.Equal(ReadStatus.Violation, status);
        Assert.StartsWith("refused by the far end: 字", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nKey:x", "abc")] // a second line
    [InlineData("a b", "abc")]
    [InlineData("", "abc")]
    [InlineData("ä", "abc")]
    [InlineData("h", "a b")] // no token
    [InlineData("h", "")]
    public void What_cannot_stand_in_a_line_is_not_written(string host, string lease) =>
        Assert.ThrowsAny<ArgumentException>(() =>
            HandshakeWriter.WriteRequest(new ArrayBufferWriter<byte>(), Example with { Host = host, Lease = lease }));

    [Fact]
    public void A_key_of_another_length_is_not_written() =>
        Assert.ThrowsAny<ArgumentException>(() => HandshakeWriter.WriteRequest(new ArrayBufferWriter<byte>(), Example with { Key = "short" }));

    [Property]
    public void What_is_written_is_read_again(ushort port, byte[] seed, bool cshBBrain, bool hex)
    {
        ArgumentNullException.ThrowIfNull(seed);
        var lease = Convert.ToHexString(seed);
        var request = new HandshakeRequest(
            $"host-{port}:{port}",
            hex ? HandshakeKey.CreateHex() : HandshakeKey.Create(),
            cshBBrain ? HandshakeRequest.CshBBrain : HandshakeRequest.Clusters,
            lease.Length is 0 or > 64 ? null : lease);

        var bytes = Bytes.Written(w => HandshakeWriter.WriteRequest(w, request));
        Assert.Equal(ReadStatus.Done, HandshakeRequestReader.TryRead(bytes, 1024, out var read, out var consumed, out _));
        Assert.Equal((request, bytes.Length), (read!, consumed));

        var answer = Bytes.Written(w => HandshakeWriter.WriteResponse(w, read!));
        Assert.Equal(ReadStatus.Done, HandshakeResponseReader.TryRead(answer, request, 1024, out var response, out consumed, out _));
        Assert.Equal((new HandshakeResponse(request.Host, request.Protocol, false), answer.Length), (response!, consumed));
    }

    public class Keys
    {
        [Fact]
        public void The_accept_of_the_requirements_is_computed() =>
            Assert.Equal(HandshakeVectors.Accept, HandshakeKey.AcceptFor(HandshakeVectors.Key));

        [Fact]
        public void The_accept_of_RFC_6455_section_1_3_is_computed() =>
            Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", HandshakeKey.AcceptFor("dGhlIHNhbXBsZSBub25jZQ=="));

        [Fact]
        public void Keys_have_24_characters_and_do_not_repeat()
        {
            var keys = Enumerable.Range(0, 100).SelectMany(_ => new[] { HandshakeKey.Create(), HandshakeKey.CreateHex() }).ToList();

            Assert.All(keys, key => Assert.Equal(24, key.Length));
            Assert.Equal(200, keys.Distinct().Count());
        }

        [Fact]
        public void A_key_is_16_bytes_in_base64_or_24_lower_case_hex_digits()
        {
            Assert.Equal(16, Convert.FromBase64String(HandshakeKey.Create()).Length);
            Assert.Matches("^[0-9a-f]{24}$", HandshakeKey.CreateHex());
        }
    }
}
